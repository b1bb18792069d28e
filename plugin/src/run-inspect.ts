import { inspectSecrets, type SecretInspection } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { readOutput } from "./flag-values.ts";
import { createPaint, wantsColor } from "./print/paint.ts";
import { printable } from "./print/printable.ts";
import { renderInspection, toInspectionJson } from "./print/secret-text.ts";
import { openTerminal } from "./print/terminal.ts";
import { readText } from "./probe-flags.ts";
import { readListFlags } from "./secret-list-flags.ts";

/** Runs `inspect`: tells what is known of a Secret, of files or of the garden. Gives the exit code. */
export async function runInspect(line: CommandLine): Promise<number> {
  const { color, ...where } = readListFlags(line);
  const { argument: name } = line;
  if (name === undefined) throw new CliError("must name the Secret, for example ro-quay-v1");
  const now = Math.floor(Date.now() / 1000);
  const terminal = openTerminal();
  const { out, flush, outIsTerminal } = terminal;
  const secrets =
    where.names.length > 0
      ? inFiles(inspectSecrets({ name, namespace: readText(line.flags, "namespace"), ...where, now }))
      : [await (await import("./secrets-of-garden.ts")).inspectInGarden(line.flags, terminal, { name, now })];
  const paint = createPaint(wantsColor(color, outIsTerminal));
  if (readOutput(line.flags) === "json")
    out(`${JSON.stringify({ secrets: secrets.map(toInspectionJson) }, undefined, 2)}\n`);
  else out(secrets.map((it) => renderInspection(it, now, paint)).join("\n"));
  flush();
  return exitCode(secrets);
}

function inFiles(found: ReturnType<typeof inspectSecrets>): readonly SecretInspection[] {
  if (!found.ok) throw new CliError(printable(found.error));
  return found.value;
}

/** What may not be read is no clean Secret. */
function exitCode(secrets: readonly SecretInspection[]): number {
  if (secrets.some((it) => it.sight === "forbidden")) return 3;
  const bad = secrets.some(
    (it) => it.expiry.state === "expired" || it.findings.some(({ severity }) => severity === "error"),
  );
  return bad ? 1 : 0;
}
