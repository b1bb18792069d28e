import type { Result } from "@registry-cache/core";
import { createReader, readTextFile, stdinUri } from "@registry-cache/files";

/** Reads a password from standard input, without the line end that whoever wrote it has put behind it. */
export function readPassword(): Result<string, string> {
  const reading = createReader().read({ uri: stdinUri, named: true, base: 0 });
  if (reading.kind === "problem") return { ok: false, error: reading.message };
  if (reading.kind === "other" || !reading.exact) return { ok: false, error: "standard input is not UTF-8" };
  const password = reading.text.replace(/\r?\n$/, "");
  return password === "" ? { ok: false, error: "standard input is empty" } : { ok: true, value: password };
}

/** Reads a CA bundle from a file. */
export function readBundle(path: string): Result<string, string> {
  const file = readTextFile(path);
  if (file === undefined) return { ok: false, error: "no such file or directory" };
  return "message" in file ? { ok: false, error: file.message } : { ok: true, value: file.text };
}
