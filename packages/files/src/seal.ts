import { spawnSync } from "node:child_process";
import { codeOf, explainError } from "./explain-error.ts";

/** A program that turns the manifest of a Secret into one that may be committed. */
export type Sealer = "kubeseal" | "sops";

/** The sealed manifest, or in one line why there is none. */
export type SealResult = { readonly text: string } | { readonly message: string };

/** Seals a manifest that is written to the program's standard input; `path` tells sops which of its rules is meant. */
export function seal(sealer: Sealer, manifest: string, path: string): SealResult {
  const { status, stdout, error } = spawnSync(sealer, argumentsOf(sealer, path), {
    input: manifest,
    maxBuffer: 1 << 24,
    // What a program prints when it fails may hold what it was given.
    stdio: ["pipe", "pipe", "ignore"],
  });
  // A program may end before it has read everything; its exit code tells more.
  if (error && codeOf(error) !== "EPIPE") {
    return { message: codeOf(error) === "ENOENT" ? `${sealer} was not found, install it` : explainError(error) };
  }
  if (status !== 0) return { message: `${sealer} failed with exit code ${status ?? "unknown"}` };
  return { text: stdout.toString("utf8") };
}

function argumentsOf(sealer: Sealer, path: string): readonly string[] {
  if (sealer === "kubeseal") return ["--format", "yaml"];
  const types = ["--input-type", "yaml", "--output-type", "yaml"];
  // Names and kinds stay readable, as the checks of manifests need them.
  return ["--encrypt", ...types, "--encrypted-regex", "^(data|stringData)$", "--filename-override", path, "/dev/stdin"];
}
