import { type LintOutcome, lint } from "@registry-cache/operations";
import { checkSelectors } from "./check-selectors.ts";
import type { LintFlags, LintOutput } from "./flag-values.ts";
import { createMemoryLimit } from "./low-memory.ts";
import { type Documents, openDocuments } from "./print/documents.ts";
import { renderFinding } from "./print/findings-text.ts";
import { createPaint, type Paint, wantsColor } from "./print/paint.ts";
import { printable } from "./print/printable.ts";
import { openProgress } from "./print/progress.ts";
import type { Report } from "./print/report.ts";
import { distinctOutcome, renderLeft, shownFindings } from "./print/shown-findings.ts";
import { plural, renderSummary } from "./print/summary.ts";
import { openTerminal, type Terminal } from "./print/terminal.ts";

/** Runs `lint` and prints what it finds. Gives the exit code. */
export async function runLint(flags: LintFlags): Promise<number> {
  const terminal = openTerminal();
  const paint = createPaint(wantsColor(flags.color, terminal.outIsTerminal));
  const progress = openProgress(terminal);
  const limitMemory = createMemoryLimit();
  const { names, recursive, against, fix, diff, quiet, select, ignore, baseline, updateBaseline } = flags;
  checkSelectors("select", select);
  checkSelectors("ignore", ignore);
  const renderDiff = diff && !quiet ? (await import("./print/diff.ts")).renderDiff : undefined;
  let changed = false;
  const whole = await lint(
    { names, recursive, against, select, ignore, baseline, updateBaseline, fix: fix ? "write" : diff ? "plan" : "no" },
    {
      onProgress: (done, total) => {
        limitMemory(done);
        progress.step(done, total);
      },
      onChange: (change) => {
        progress.end();
        if (renderDiff !== undefined) terminal.out(renderDiff(change, paint));
        changed = true;
      },
    },
  );
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

function printText({ terminal, outcome, documents, paint, flags }: TextRun): void {
  const { quiet, diff, fix } = flags;
  // --diff alone shows the changes; the findings behind them are those of a run without it.
  const shown = diff && !fix && !quiet ? [] : shownFindings(quiet ? onlyErrors(outcome) : outcome);
  for (const { uri, findings, left } of shown) {
    for (const finding of findings) {
      const text = renderFinding(finding, documents, { paint, brief: quiet });
      if (text !== undefined) terminal.out(text);
    }
    for (const it of left) terminal.out(`${paint.bold(printable(uri))}: ${renderLeft(it)}\n${quiet ? "" : "\n"}`);
  }
  printProblems(terminal, outcome);
  if (!quiet && outcome.counts.files > 0) terminal.out(renderSummary(outcome));
}

function onlyErrors({ findings }: LintOutcome): Pick<LintOutcome, "findings"> {
  return { findings: new Map([...findings].map(([uri, of]) => [uri, of.filter((it) => it.severity === "error")])) };
}

function printProblems({ err }: Terminal, { problems }: LintOutcome): void {
  for (const { file, message } of problems) err(`error: ${printable(file)}: ${printable(message)}\n`);
}

function tellRest({ err, flush }: Terminal, outcome: LintOutcome, { maxWarnings, quiet }: LintFlags): number {
  const { counts, problems, baseline } = outcome;
  flush();
  if (baseline !== undefined && baseline.stale.length > 0 && !quiet) {
    const stale = plural(baseline.stale.length, "entry", "entries");
    err(`note: ${stale} of ${printable(baseline.path)} matched nothing, --update-baseline removes what is mended\n`);
  }
  const tooMany = counts.warnings > maxWarnings;
  if (tooMany) err(`error: ${plural(counts.warnings, "warning")}, --max-warnings allows ${maxWarnings}\n`);
  if (problems.length > 0) return 2;
  return counts.errors > 0 || tooMany ? 1 : 0;
}
