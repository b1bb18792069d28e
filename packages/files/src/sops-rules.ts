import { dirname, join, resolve } from "node:path";
import { quietStat } from "./list-sources.ts";

/** How sops is to be started so that it looks for its rules where a file will lie. */
export interface SopsPlace {
  readonly path: string;
  readonly directory: string;
  /** Whether there are rules: in a `.sops.yaml` of that folder or one above, or where the environment says. */
  readonly hasRules: boolean;
}

/** Finds out how sops sees a file that is to be written. */
export function sopsPlace(file: string): SopsPlace {
  const path = resolve(file);
  const directory = dirname(path);
  return { path, directory, hasRules: Boolean(process.env["SOPS_CONFIG"]) || isRuled(directory) };
}

function isRuled(folder: string): boolean {
  if (quietStat(join(folder, ".sops.yaml")) !== undefined) return true;
  return dirname(folder) !== folder && isRuled(dirname(folder));
}
