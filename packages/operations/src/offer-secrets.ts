import { type ManifestDocument, readManifests } from "@registry-cache/core";
import { createReader, listSources } from "@registry-cache/files";

/** A Secret that may be named next, and what is known of it. */
export interface SecretOffer {
  readonly word: string;
  readonly summary: string;
}

/** The Secrets that some files declare or that their Shoots refer to, by name. */
export function offerSecrets(names: readonly string[]): readonly SecretOffer[] {
  const reader = createReader();
  const documents = listSources(names, { recursive: true }).sources.flatMap((source) => {
    const reading = reader.read(source);
    return reading.kind === "text" ? readManifests(source.uri, reading.text).documents : [];
  });
  const uses = documents.flatMap(namedSecrets);
  const declared = documents.flatMap((it) => it.secrets.map(({ name }) => name));
  const counts = new Map(declared.map((it) => [it, 0]));
  for (const name of uses) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, count]) => ({ word, summary: count === 1 ? "Used by 1 Shoot." : `Used by ${count} Shoots.` }));
}

/** The Secrets that the Shoots of a document name, each once for each Shoot. */
function namedSecrets({ shoots }: ManifestDocument): readonly string[] {
  return shoots.flatMap(({ resources }) => {
    const secrets = resources.filter((it) => it.kind?.value === "Secret");
    return [...new Set(secrets.flatMap(({ target }) => target?.value ?? []))];
  });
}
