import { type ManifestFile, type Result, readManifests } from "@registry-cache/core";
import { createReader, listSources } from "@registry-cache/files";

/** Reads files of manifests with their texts, for what needs the values of Secrets. The error names the first that cannot be read. */
export function readManifestFiles(
  names: readonly string[],
  recursive: boolean,
): Result<readonly ManifestFile[], string> {
  const { sources, problems } = listSources(names, { recursive });
  const reader = createReader();
  const files: ManifestFile[] = [];
  const [first] = problems;
  if (first !== undefined) return { ok: false, error: `${first.file}: ${first.message}` };
  for (const source of sources) {
    const reading = reader.read(source);
    if (reading.kind === "problem") return { ok: false, error: `${source.uri}: ${reading.message}` };
    if (reading.kind === "text") files.push(readManifests(source.uri, reading.text));
  }
  return { ok: true, value: files };
}
