/**
 * The text of a template literal without its first empty line and without the indentation that all lines share.
 * Mark lines (`#   ^^^ RC201`, `#@ RC201`) may start in column 0; their carets keep the column they stand under.
 */
export function dedent(literal: string): string {
  const lines = literal.replace(/^\n/, "").replace(/\n *$/, "\n").split("\n");
  const indents = lines.filter((it) => it.trim() !== "" && !isMark(it)).map((it) => it.length - it.trimStart().length);
  const shared = Math.min(...indents);
  return lines.map((it) => (isMark(it) ? shiftMark(it, shared) : it.slice(shared))).join("\n");
}

function isMark(line: string): boolean {
  return /^\s*#(?:@ RC\d{3}|\s*\^+ RC\d{3})\s*$/.test(line);
}

function shiftMark(line: string, shared: number): string {
  const caret = line.indexOf("^");
  return caret < 0 ? line.trimStart() : `#${" ".repeat(Math.max(0, caret - shared - 1))}${line.slice(caret)}`;
}
