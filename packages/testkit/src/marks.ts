/** A finding that a fixture expects: its code and its columns in a line, both zero-based. */
export interface Mark {
  readonly code: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** A fixture without its marks, and the findings that they expect in the order of the text. */
export interface Marked {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/**
 * Reads the marks of a fixture: `#   ^^^ RC201` under a line marks those columns of it, `#@ RC101` the whole line.
 * A mark's own line is a comment, so the fixture stays valid YAML; it is cut out before the text is checked.
 */
export function readMarks(marked: string): Marked {
  const lines: string[] = [];
  const marks: Mark[] = [];
  for (const line of marked.split("\n")) {
    const mark = readMark(line, lines);
    if (mark === undefined) lines.push(line);
    else marks.push(mark);
  }
  return { text: lines.join("\n"), marks: marks.sort((a, b) => a.line - b.line || a.start - b.start || a.end - b.end) };
}

/** The text and the offset of its `<|>`, which is cut out. */
export function readCursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf("<|>");
  if (offset < 0) throw new Error("unreachable: a fixture with a cursor has `<|>` in it");
  return { text: marked.replace("<|>", ""), offset };
}

function readMark(line: string, before: readonly string[]): Mark | undefined {
  const index = before.length - 1;
  const whole = /^\s*#@ (RC\d{3})\s*$/.exec(line);
  if (whole?.[1] !== undefined) {
    const text = before[index] ?? "";
    return { code: whole[1], line: index, start: text.length - text.trimStart().length, end: text.trimEnd().length };
  }
  const columns = /^(\s*#\s*)(\^+) (RC\d{3})\s*$/.exec(line);
  const [, lead = "", carets = "", code] = columns ?? [];
  return code === undefined ? undefined : { code, line: index, start: lead.length, end: lead.length + carets.length };
}
