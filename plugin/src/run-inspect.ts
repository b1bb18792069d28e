import { inspectSecrets } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { readOutput } from "./flag-values.ts";
import { createPaint, wantsColor } from "./print/paint.ts";
import { printable } from "./print/printable.ts";
import { renderInspection, toInspectionJson } from "./print/secret-text.ts";
import { openTerminal } from "./print/terminal.ts";
import { readText } from "./probe-flags.ts";
import { readListFlags } from "./secret-list-flags.ts";

/** Runs `inspect`: tells what is known of a Secret. Gives the exit code. */
export async function runInspect(line: CommandLine): Promise<number> {
  const { color, ...where } = readListFlags(line);
  const { argument: name } = line;
  if (name === undefined) throw new CliError("must name the Secret, for example ro-quay-v1");
  const now = Math.floor(Date.now() / 1000);
  const found = inspectSecrets({ name, namespace: readText(line.flags, "namespace"), ...where, now });
  if (!found.ok) throw new CliError(printable(found.error));
  const { out, flush, outIsTerminal } = openTerminal();
  const paint = createPaint(wantsColor(color, outIsTerminal));
  if (readOutput(line.flags) === "json")
    out(`${JSON.stringify({ secrets: found.value.map(toInspectionJson) }, undefined, 2)}\n`);
  else out(found.value.map((it) => renderInspection(it, now, paint)).join("\n"));
  flush();
  const ended = found.value.some(
    (it) => it.expiry.state === "expired" || it.findings.some(({ severity }) => severity === "error"),
  );
  return ended ? 1 : 0;
}
