import type { Replacement } from "@registry-cache/core";

/**
 * Where each line of a text starts; lines end with LF, CRLF or CR. While somebody types in a line, those below move together: the
 * numbers stay, and what the lines from one on have moved by is kept beside them.
 */
export interface LineStarts {
  readonly count: number;
  readonly starts: Uint32Array;
  readonly movedFrom: number;
  readonly movedBy: number;
}

/** Finds the lines of a text. */
export function startsOf(text: string): LineStarts {
  return unmoved(Uint32Array.from([0, ...startsIn(text, 0, text.length)]));
}

/** Where a line starts; undefined behind the last one. */
export function startOf({ starts, movedFrom, movedBy }: LineStarts, line: number): number | undefined {
  const start = starts[line];
  return start === undefined || line < movedFrom ? start : start + movedBy;
}

/** The line that an offset lies in. */
export function lineAt(lines: LineStarts, offset: number): number {
  let low = 0;
  let high = lines.count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((startOf(lines, middle) ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The lines after a replacement that made `text`. */
export function changeStarts(lines: LineStarts, text: string, { span, length }: Replacement): LineStarts {
  const by = length - (span.end - span.start);
  // A CR before the change may end a line alone now, and one at its end may have met a LF.
  const first = lineAt(lines, Math.max(0, span.start - 1));
  const last = Math.max(first, lineAt(lines, span.end + 1)) + 1;
  const next = startOf(lines, last);
  const between = startsIn(text, startOf(lines, first) ?? 0, next === undefined ? text.length : next + by - 1);
  const isSame =
    between.length === last - first - 1 && between.every((it, at) => it === startOf(lines, first + 1 + at));
  return isSame ? moveFrom(lines, last, by) : replaceStarts(lines, { first, last, between, by });
}

function unmoved(starts: Uint32Array): LineStarts {
  return { count: starts.length, starts, movedFrom: starts.length, movedBy: 0 };
}

function moveFrom(lines: LineStarts, line: number, by: number): LineStarts {
  const { count, starts, movedFrom, movedBy } = lines;
  if (line === movedFrom) return { count, starts, movedFrom, movedBy: movedBy + by };
  const known = movedBy === 0 ? lines : unmoved(starts.map((it, at) => (at < movedFrom ? it : it + movedBy)));
  return { ...known, movedFrom: line, movedBy: by };
}

interface Changed {
  readonly first: number;
  readonly last: number;
  readonly between: readonly number[];
  readonly by: number;
}

function replaceStarts(lines: LineStarts, { first, last, between, by }: Changed): LineStarts {
  const behind = first + 1 + between.length;
  const starts = new Uint32Array(behind + Math.max(0, lines.count - last));
  for (let line = 0; line <= first; line += 1) starts[line] = startOf(lines, line) ?? 0;
  starts.set(between, first + 1);
  for (let line = last; line < lines.count; line += 1) starts[behind + line - last] = (startOf(lines, line) ?? 0) + by;
  return unmoved(starts);
}

/** The starts of the lines that begin behind `from` and not behind `to`. */
function startsIn(text: string, from: number, to: number): readonly number[] {
  const starts: number[] = [];
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}
