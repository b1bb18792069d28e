import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { quietStat } from "./list-sources.ts";
import { pathFrom } from "./settings-files.ts";

/** A kustomization, and the path of a file below it from its folder, with slashes. */
export interface KustomizationAbove {
  readonly uri: string;
  readonly path: string;
}

const names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** Finds the kustomizations that may list a file: in its folder and all above, up to the root of its repository. */
export function kustomizationsAbove(file: string): readonly KustomizationAbove[] {
  const found: KustomizationAbove[] = [];
  for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
    for (const path of names.map((it) => join(folder, it))) {
      if (quietStat(path)?.isFile() !== true) continue;
      found.push({ uri: isAbsolute(file) ? path : relative("", path), path: pathFrom(folder, file) });
    }
    if (quietStat(join(folder, ".git")) !== undefined || dirname(folder) === folder) return found;
  }
}

/** Tells whether there is a file or anything else of this name. */
export function fileExists(path: string): boolean {
  return quietStat(path) !== undefined;
}
