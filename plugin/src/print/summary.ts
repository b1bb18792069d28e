import type { LintOutcome } from "@registry-cache/operations";

/** What was found, in one line; `what` is a file, or a Shoot. */
export function renderSummary(
  { counts, ignored, baseline }: Pick<LintOutcome, "counts" | "ignored" | "baseline">,
  what: string,
): string {
  const { errors, warnings, infos, files, filesWithFindings, fixable, fixed } = counts;
  const known = ignored.baseline > 0 ? `; ${ignored.baseline} known from the baseline` : "";
  const mended = fixed > 0 ? `fixed ${plural(fixed, "finding")}; ` : "";
  if (baseline?.written !== undefined) return `${mended}the baseline now has ${plural(baseline.written, "finding")}\n`;
  const found = [plural(errors, "error"), plural(warnings, "warning"), plural(infos, "info")].filter(
    (it) => !it.startsWith("0 "),
  );
  if (found.length === 0) return `${mended}nothing found in ${plural(files, what)}${known}\n`;
  const where = `in ${filesWithFindings} of ${plural(files, what)}`;
  return `${mended}${found.join(", ")} ${where}${fixable > 0 ? `; ${fixable} can be fixed with --fix` : ""}${known}\n`;
}

/** A count with its word. */
export function plural(count: number, word: string, words: string = `${word}s`): string {
  return `${count} ${count === 1 ? word : words}`;
}
