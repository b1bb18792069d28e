import type { LintCounts } from "@registry-cache/operations";

/** What was found, in one line. */
export function renderSummary(counts: LintCounts): string {
  const { errors, warnings, infos, files, filesWithFindings, fixable, fixed } = counts;
  const mended = fixed > 0 ? `fixed ${plural(fixed, "finding")}; ` : "";
  const found = [plural(errors, "error"), plural(warnings, "warning"), plural(infos, "info")].filter(
    (it) => !it.startsWith("0 "),
  );
  if (found.length === 0) return `${mended}nothing found in ${plural(files, "file")}\n`;
  const where = `in ${filesWithFindings} of ${plural(files, "file")}`;
  return `${mended}${found.join(", ")} ${where}${fixable > 0 ? `; ${fixable} can be fixed with --fix` : ""}\n`;
}

/** A count with its word. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
