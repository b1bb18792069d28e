import { type LintListener, type LintOutcome, type LintRequest, lint } from "@registry-cache/operations";
import { checkSelectors } from "./check-selectors.ts";
import type { LintFlags, LintOutput } from "./flag-values.ts";
import { createLongRun } from "./long-run.ts";
import { renderAnswer } from "./print/admission.ts";
import { type Documents, openDocuments } from "./print/documents.ts";
import { renderFinding } from "./print/findings-text.ts";
import { createPaint, type Paint, wantsColor } from "./print/paint.ts";
import { printable } from "./print/printable.ts";
import { openProgress } from "./print/progress.ts";
import type { Report } from "./print/report.ts";
import { distinctOutcome, renderLeft, shownFindings } from "./print/shown-findings.ts";
import { plural, renderSummary } from "./print/summary.ts";
import { openTerminal, type Terminal } from "./print/terminal.ts";
import { tellUnseen } from "./print/unseen.ts";

/** Runs `lint` and prints what it finds. Gives the exit code. */
export async function runLint(flags: LintFlags): Promise<number> {
  const terminal = openTerminal();
  const paint = createPaint(wantsColor(flags.color, terminal.outIsTerminal));
  const progress = openProgress(terminal);
  const suitEngine = createLongRun();
  const { names, recursive, against, fix, diff, quiet, select, ignore, baseline, updateBaseline } = flags;
  checkSelectors("select", select);
  checkSelectors("ignore", ignore);
  const renderDiff = diff && !quiet ? (await import("./print/diff.ts")).renderDiff : undefined;
  let changed = false;
  const fixing = fix ? "write" : diff ? "plan" : "no";
  const request = { names, recursive, against, select, ignore, baseline, updateBaseline, fix: fixing } as const;
  const whole = await lintAll(flags, terminal, request, {
    onProgress: (done, total) => {
      suitEngine(done);
      progress.step(done, total);
    },
    onChange: (change) => {
      progress.end();
      if (renderDiff !== undefined) terminal.out(renderDiff(change, paint));
      changed = true;
    },
  });
  progress.end();
  // Only the JSON says all fields that admission names.
  const outcome = flags.output === "json" ? whole : distinctOutcome(whole);
  if (changed && diff && !quiet) terminal.out("\n");
  const documents = openDocuments(outcome.readText);
  if (flags.output === "text") printText({ terminal, outcome, documents, paint, flags });
  else {
    const print = await printers[flags.output]();
    print({ outcome, documents, out: terminal.out });
    printProblems(terminal, outcome);
  }
  return tellRest(terminal, outcome, flags);
}

/** A garden takes part where it is asked for; its client is not even loaded otherwise. */
async function lintAll(
  { live, gardenSchema, kubeconfig }: LintFlags,
  terminal: Terminal,
  asked: LintRequest,
  listener: LintListener,
): Promise<LintOutcome> {
  const request = gardenSchema === undefined ? asked : { ...asked, shootSchema: await find(gardenSchema, kubeconfig) };
  if (live === undefined) return lint(request, listener);
  const { lintWithGarden } = await import("./lint-with-garden.ts");
  return lintWithGarden(live, terminal, request, listener);
}

async function find(name: string, kubeconfig: string | undefined): Promise<LintRequest["shootSchema"]> {
  return (await import("./find-garden-schema.ts")).findGardenSchema(name, kubeconfig);
}

/** Each is loaded when it is asked for. */
const printers: { readonly [output in Exclude<LintOutput, "text">]: () => Promise<(report: Report) => void> } = {
  json: async () => (await import("./print/findings-json.ts")).printJson,
  sarif: async () => (await import("./print/findings-sarif.ts")).printSarif,
  github: async () => (await import("./print/findings-github.ts")).printGithub,
  gitlab: async () => (await import("./print/findings-gitlab.ts")).printGitlab,
  junit: async () => (await import("./print/findings-junit.ts")).printJunit,
};

interface TextRun {
  readonly terminal: Terminal;
  readonly outcome: LintOutcome;
  readonly documents: Documents;
  readonly paint: Paint;
  readonly flags: LintFlags;
}

function printFindings({ terminal, outcome, documents, paint, flags: { quiet } }: TextRun): void {
  for (const { uri, findings, left } of shownFindings(quiet ? onlyErrors(outcome) : outcome)) {
    for (const finding of findings) {
      const text = renderFinding(finding, documents, { paint, brief: quiet });
      if (text !== undefined) terminal.out(text);
    }
    for (const it of left) terminal.out(`${paint.bold(printable(uri))}: ${renderLeft(it)}\n${quiet ? "" : "\n"}`);
  }
}

function printText({ terminal, outcome, documents, paint, flags }: TextRun): void {
  const { quiet, diff, fix } = flags;
  // --diff alone shows the changes; the findings behind them are those of a run without it.
  if (!diff || fix || quiet) printFindings({ terminal, outcome, documents, paint, flags });
  printProblems(terminal, outcome);
  for (const it of outcome.live?.admission ?? []) terminal.out(renderAnswer(it, paint, quiet));
  if (!quiet && outcome.counts.files > 0)
    terminal.out(renderSummary(outcome, flags.names.length > 0 ? "file" : "Shoot"));
}

function onlyErrors({ findings }: LintOutcome): Pick<LintOutcome, "findings"> {
  return { findings: new Map([...findings].map(([uri, of]) => [uri, of.filter((it) => it.severity === "error")])) };
}

function printProblems({ err }: Terminal, { problems }: LintOutcome): void {
  for (const { file, message } of problems) err(`error: ${printable(file)}: ${printable(message)}\n`);
}

function tellRest({ err, flush }: Terminal, outcome: LintOutcome, { maxWarnings, quiet }: LintFlags): number {
  const { counts, problems, baseline, live } = outcome;
  flush();
  if (baseline !== undefined && baseline.stale.length > 0 && !quiet) {
    const stale = plural(baseline.stale.length, "entry", "entries");
    err(`note: ${stale} of ${printable(baseline.path)} matched nothing, --update-baseline removes what is mended\n`);
  }
  const tooMany = counts.warnings > maxWarnings;
  if (tooMany) err(`error: ${plural(counts.warnings, "warning")}, --max-warnings allows ${maxWarnings}\n`);
  if (live !== undefined) tellUnseen({ err }, live.unseen);
  if (problems.length > 0) return 2;
  const refused = live?.admission.some((it) => it.answer === "refused") === true;
  return counts.errors > 0 || tooMany || refused ? 1 : 0;
}
