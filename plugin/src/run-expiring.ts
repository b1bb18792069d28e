import { type ExpiringSecret, findExpiring, type Unseen } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { renderCalendar } from "./print/calendar.ts";
import { createPaint, wantsColor } from "./print/paint.ts";
import { printable } from "./print/printable.ts";
import { renderExpiring, toExpiringJson } from "./print/secret-text.ts";
import { openTerminal } from "./print/terminal.ts";
import { tellUnseen } from "./print/unseen.ts";
import { type ListFlags, readListFlags, readSeconds } from "./secret-list-flags.ts";

/** Runs `expiring`: lists the Secrets of caches by when they end, of files or of the garden. Gives the exit code. */
export async function runExpiring(line: CommandLine): Promise<number> {
  const { color, ...where } = readListFlags(line);
  const now = Math.floor(Date.now() / 1000);
  const limits = { now, within: readSeconds(line, "within") ?? 14 * 86_400, maxAge: readSeconds(line, "max-age") };
  const terminal = openTerminal();
  const { out, flush, outIsTerminal } = terminal;
  const { secrets, unseen } =
    where.names.length > 0
      ? inFiles(where, limits, line)
      : await (await import("./secrets-of-garden.ts")).listInGarden(line.flags, terminal, limits);
  const { output } = line.flags;
  if (output === "ics") out(renderCalendar(secrets, now));
  else if (output === "json") {
    const whole = { secrets: secrets.map(toExpiringJson), ...(where.names.length > 0 ? {} : { cannotSee: unseen }) };
    out(`${JSON.stringify(whole, undefined, 2)}\n`);
  } else out(renderExpiring(secrets, createPaint(wantsColor(color, outIsTerminal))));
  flush();
  tellUnseen(terminal, unseen);
  return exitCode(secrets);
}

/** Who watches for the end of credentials must know that some were not seen. */
function exitCode(secrets: readonly ExpiringSecret[]): number {
  if (!secrets.every((it) => it.expiry.state === "valid" || it.expiry.state === "unknown")) return 1;
  return secrets.some((it) => it.sight === "forbidden") ? 3 : 0;
}

function inFiles(
  where: Omit<ListFlags, "color">,
  limits: { readonly now: number; readonly within: number; readonly maxAge: number | undefined },
  { flags }: CommandLine,
): { readonly secrets: readonly ExpiringSecret[]; readonly unseen: readonly Unseen[] } {
  const needless = ["namespace", "metadata-only"].find((it) => flags[it] !== undefined);
  if (needless !== undefined) throw new CliError(`--${needless} is for a garden, and -f names files`);
  const found = findExpiring({ ...where, ...limits });
  if (!found.ok) throw new CliError(printable(found.error));
  return { secrets: found.value, unseen: [] };
}
