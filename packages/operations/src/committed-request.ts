import { type ManifestFile, type RotationFiles, readManifests } from "@registry-cache/core";
import { kustomizationsAbove, readTextFile } from "@registry-cache/files";
import type { ChangedFiles } from "./rotation-commit.ts";

/**
 * What a plan is made from, as it was committed last; `committed` has the texts of files that have changed since, by path.
 * Only the texts matter: whether they were sound was looked at when they were committed.
 */
export function committedRequest(
  { request, repository, changes }: ChangedFiles,
  committed: ReadonlyMap<string, string | undefined>,
): RotationFiles {
  const read = (uri: string, now: string | undefined): readonly ManifestFile[] => {
    const path = repository.pathOf(uri);
    const text = committed.has(path) ? committed.get(path) : now;
    return text === undefined ? [] : [readManifests(uri, text)];
  };
  const known = new Set(request.files.map((it) => repository.pathOf(it.uri)));
  const gone = changes.filter(({ path, index, workTree }) => !known.has(path) && (index === "D" || workTree === "D"));
  const files = [
    ...request.files.flatMap(({ uri, text }) => read(uri, text)),
    ...gone.flatMap(({ path }) => read(repository.fileOf(path), undefined)),
  ];
  const holders = files.filter((it) => it.documents.some((of) => of.secrets.length > 0));
  const kustomizations = holders.flatMap(({ uri: listed }) =>
    kustomizationsAbove(listed).flatMap(({ uri, path }) => {
      const now = readTextFile(uri);
      return read(uri, now && "text" in now ? now.text : undefined).map((file) => ({ file, listed, path }));
    }),
  );
  return { ...request, files, kustomizations, findingsOf: () => [] };
}
