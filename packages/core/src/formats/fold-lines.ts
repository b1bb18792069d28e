/** Folds line ends as a quoted YAML scalar does: blanks around them go, one becomes a blank, of more the first goes. */
export function foldLines(text: string): string {
  return text.replace(/[ \t\n\r\u0085\u2028\u2029]+/g, (run) =>
    /[\n\r\u0085\u2028\u2029]/.test(run) ? foldRun(run) : run,
  );
}

/** One line end becomes a blank, more of them lose the first; only the separators U+2028 and U+2029 stay. */
function foldRun(run: string): string {
  const [first = "", ...others] = run.replace(/\r\n|[\r\u0085]/g, "\n").replace(/[ \t]+/g, "");
  if (first !== "\n") return first + others.join("");
  return others.length === 0 ? " " : others.join("");
}
