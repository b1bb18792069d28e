/** A place in a text as editors count it: zero-based line and UTF-16 code unit within the line. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Converts between offsets of one text and zero-based lines; knows the ends LF, CRLF and CR. */
export interface LineIndex {
  readonly lineCount: number;
  /** The place of an offset; offsets beyond the text are clamped to its end. */
  position(offset: number): Position;
  /** The offset of a place; a character beyond its line is clamped to the line's end. */
  offset(position: Position): number;
  /** The text of a line without its line end. */
  line(line: number): string;
}

/** Indexes the lines of a text once, so that each later look-up is a binary search. */
export function indexLines(text: string): LineIndex {
  const starts = lineStarts(text);
  const endOf = (line: number): number => {
    let end = starts[line + 1] ?? text.length;
    if (line + 1 < starts.length && text[end - 1] === "\n") end -= 1;
    if (line + 1 < starts.length && text[end - 1] === "\r") end -= 1;
    return end;
  };
  return {
    lineCount: starts.length,
    position(offset) {
      const clamped = Math.max(0, Math.min(offset, text.length));
      const line = lastAtMost(starts, clamped);
      return { line, character: clamped - (starts[line] ?? 0) };
    },
    offset({ line, character }) {
      const start = starts[Math.max(0, line)];
      return start === undefined ? text.length : Math.min(start + Math.max(0, character), endOf(Math.max(0, line)));
    },
    line: (line) => text.slice(starts[line] ?? text.length, endOf(line)),
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  if (!text.includes("\r")) {
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}

function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
