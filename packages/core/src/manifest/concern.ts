/** The kinds that we read hold one of these words; with a backslash, a quoted one might be spelt otherwise. */
const wordsOfConcern: readonly string[] = [
  "Shoot",
  "Secret",
  "secretGenerator",
  "ustom",
  "namePrefix",
  "nameSuffix",
  "\\",
];

/** Tells whether a text may hold a manifest that we read. Most files of a folder do not. */
export function mayConcernUs(text: string): boolean {
  return wordsOfConcern.some((it) => text.includes(it));
}

/** Folders that no reading of a folder goes into: nobody keeps manifests of their own there, and there are many files. */
export const skippedFolders: readonly string[] = [".git", "node_modules"];
