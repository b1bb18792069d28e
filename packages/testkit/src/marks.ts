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

/** Texts by name, one of which has a `<|>`: all without it, and where it was. */
export interface Files {
  readonly texts: ReadonlyMap<string, string>;
  readonly uri: string;
  readonly offset: number;
}

/** Reads several texts of which one has a cursor. */
export function readFiles(marked: { readonly [uri: string]: string }): Files {
  const texts = new Map(Object.entries(marked).map(([uri, text]) => [uri, text.replace("<|>", "")]));
  const [uri, text] = Object.entries(marked).find(([, it]) => it.includes("<|>")) ?? [];
  if (uri === undefined || text === undefined) throw new Error("unreachable: one of the files has a `<|>` in it");
  return { texts, uri, offset: text.indexOf("<|>") };
}

/** The lines of a text that hold some places, without their indentation and with the places in `⟦ ⟧`. */
export function showSpans(text: string, spans: readonly { readonly start: number; readonly end: number }[]): string[] {
  const marks = spans.flatMap(({ start, end }) => [
    { at: start, mark: "⟦", order: start === end ? 1 : 2 },
    { at: end, mark: "⟧", order: start === end ? 1.5 : 0 },
  ]);
  let shown = text;
  for (const { at, mark } of marks.sort((a, b) => b.at - a.at || b.order - a.order)) {
    shown = shown.slice(0, at) + mark + shown.slice(at);
  }
  const lines = shown.split("\n");
  return lines.filter((it) => it.includes("⟦") || it.includes("⟧")).map((it) => it.trim());
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
