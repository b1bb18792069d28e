import type { FoundSecret } from "./find-secret.ts";
import { baseName, folderOf } from "./kustomization.ts";
import { isAlone } from "./remove-secret.ts";

/**
 * The file for a Secret's next version: beside the old one, and called like it where that file holds nothing else and has
 * the Secret's name in its own. Never a file that is there already.
 */
export function placeFile(
  { file, secret }: FoundSecret,
  name: string,
  fileExists: (uri: string) => boolean = () => false,
): string {
  const base = baseName(file.uri);
  const folder = folderOf(file.uri);
  const extension = /(?:\.(?:sops|enc|encrypted|sealed))?\.(?:ya?ml|json)$/.exec(base)?.[0] ?? ".yaml";
  const at = base.lastIndexOf(secret.name);
  const renamed =
    at >= 0 && isAlone({ file, secret }) ? [base.slice(0, at) + name + base.slice(at + secret.name.length)] : [];
  const candidates = [...renamed, `${name}${extension}`];
  for (const candidate of candidates) if (!fileExists(folder + candidate)) return folder + candidate;
  for (let number = 2; ; number += 1) {
    const candidate = `${folder}${name}-${number}${extension}`;
    if (!fileExists(candidate)) return candidate;
  }
}
