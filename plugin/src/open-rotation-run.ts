import type { Blocker } from "@registry-cache/core";
import { openRotation } from "@registry-cache/operations";
import { openDocuments } from "./print/documents.ts";
import { createPaint, wantsColor } from "./print/paint.ts";
import { printable } from "./print/printable.ts";
import { openProgress } from "./print/progress.ts";
import { renderBlockersJson } from "./print/rotation-json.ts";
import { renderBlocker } from "./print/rotation-text.ts";
import { openTerminal } from "./print/terminal.ts";
import type { WhereFlags, WriteFlags } from "./rotate-flags.ts";
import type { RotationRun } from "./write-plan.ts";

/** Reads the files; undefined when some could not be read, which was told then. */
export function openRun(flags: WriteFlags): RotationRun | undefined {
  const terminal = openTerminal();
  const progress = openProgress(terminal);
  const rotation = openRotation(flags, progress.step);
  progress.end();
  for (const { file, message } of rotation.problems) terminal.err(`error: ${printable(file)}: ${printable(message)}\n`);
  if (rotation.problems.length > 0) {
    terminal.err("error: nothing was done, since a file that cannot be read may name the Secret\n");
    return undefined;
  }
  const paint = createPaint(wantsColor(flags.color, terminal.outIsTerminal));
  return { rotation, terminal, paint, flags, documents: openDocuments((uri) => rotation.readText(uri)) };
}

/** What asks for another command line is wrong usage; what must be mended in the files is a finding. */
const usageErrors: ReadonlySet<Blocker["kind"]> = new Set([
  "unknown-secret",
  "ambiguous-namespace",
  "wrong-values",
  "remote-unclear",
  "namespace-unknown",
]);

/** Tells why there is no plan. Gives the exit code. */
export function tellBlockers({ terminal, documents, flags }: RotationRun, blockers: readonly Blocker[]): number {
  if (flags.output === "json") terminal.out(renderBlockersJson(blockers, documents));
  terminal.flush();
  for (const it of blockers) terminal.err(renderBlocker(it, documents));
  return blockers.some((it) => usageErrors.has(it.kind)) ? 2 : 1;
}

/** A command for later, about the same files. Where only files were named, new ones have to be, too. */
export function laterCommand(
  verb: string,
  { names, secret, commit }: WhereFlags & { readonly commit: boolean },
  created: readonly string[] = [],
): string {
  const isBelow = (uri: string): boolean => names.some((it) => it === "." || uri.startsWith(it.replace(/\/?$/, "/")));
  const files = [...names, ...created.filter((it) => !isBelow(it))].map((it) => `-f ${shellWord(it)}`).join(" ");
  const namespace = secret.namespace === undefined ? "" : ` -n ${shellWord(secret.namespace)}`;
  const more = commit ? " --commit" : "";
  return `kubectl registry-cache ${verb} ${files}${namespace} ${shellWord(secret.name)}${more}`;
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${printable(word).replaceAll("'", "'\\''")}'`;
}
