import { type Finding, fingerprintsOf } from "@registry-cache/core";
import { pathBeside, readTextFile, writeTextFile } from "@registry-cache/files";

/** One finding that a baseline knows. Neither a line number nor any text of the file is in it. */
export interface BaselineEntry {
  /** From the baseline's folder. */
  readonly file: string;
  readonly code: string;
  readonly fingerprint: string;
}

/** The findings that are known, and the file that lists them. */
export interface Baseline {
  readonly path: string;
  readonly version: string | undefined;
  readonly entries: readonly BaselineEntry[];
}

/** Reads a baseline, or says in one line why it cannot be read. A missing one is empty where it is about to be written. */
export function readBaseline(path: string, mayBeMissing: boolean): Baseline | string {
  const file = readTextFile(path);
  if (file === undefined) {
    return mayBeMissing ? { path, version: undefined, entries: [] } : "no such file, --update-baseline writes it";
  }
  if ("message" in file) return file.message;
  const entries = parseEntries(file.text);
  return entries === undefined ? "is not a baseline" : { path, version: file.version, entries };
}

/** Writes a baseline with other entries, one on each line, so that two branches can be merged. Gives the reason when it did not. */
export function writeBaseline({ path, version }: Baseline, entries: readonly BaselineEntry[]): string | undefined {
  const lines = [...entries]
    .sort(inOrder)
    .map(({ file, code, fingerprint }) => JSON.stringify({ file, code, fingerprint }));
  const list = lines.length === 0 ? "" : `\n    ${lines.join(",\n    ")}\n  `;
  return writeTextFile(path, `{\n  "version": 1,\n  "findings": [${list}]\n}\n`, version);
}

/** The entries that stand for findings of one file. */
export function entriesOf(
  { path }: Baseline,
  { uri, text }: { readonly uri: string; readonly text: string },
  findings: readonly Finding[],
): readonly BaselineEntry[] {
  const file = pathBeside(path, uri);
  const fingerprints = fingerprintsOf(file, text, findings);
  return findings.map(({ code }, index) => ({ file, code, fingerprint: fingerprints[index] ?? "" }));
}

function inOrder(a: BaselineEntry, b: BaselineEntry): number {
  const [left, right] = [keyOf(a), keyOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function keyOf({ file, code, fingerprint }: BaselineEntry): string {
  return `${file}\0${code}\0${fingerprint}`;
}

function parseEntries(text: string): readonly BaselineEntry[] | undefined {
  const value = parseJson(text);
  if (!isObject(value) || value["version"] !== 1 || !Array.isArray(value["findings"])) return undefined;
  const findings: readonly unknown[] = value["findings"];
  const entries = findings.flatMap((it) => toEntry(it) ?? []);
  return entries.length === findings.length ? entries : undefined;
}

function toEntry(value: unknown): BaselineEntry | undefined {
  if (!isObject(value)) return undefined;
  const { file, code, fingerprint } = value;
  if (typeof file !== "string" || typeof code !== "string" || typeof fingerprint !== "string") return undefined;
  return { file, code, fingerprint };
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
