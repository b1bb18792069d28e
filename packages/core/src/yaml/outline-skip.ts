import { isIdle, readShape } from "./outline-line.ts";
import { nextLine } from "./skip.ts";

/**
 * Tells whether lines of a text may be left out that are indented deeper than a key or dash below them: what they open is closed there.
 * Not where a line begins with what may go on over others (a quote, a bracket, `|`), ends that, or is indented by tabs: whose
 * it is, only all lines above tell.
 */
export function maySkip(text: string, start: number, end: number): boolean {
  return !/^ *(?:["'|>{}[\]&!?\t]|\.\.\.)|\r/m.test(text.slice(start, end));
}

/** The start of the first line at or behind a line's start that is indented by at most a column; `end` where there is none. */
export function shallowLine(text: string, from: number, { end, column }: Depth): number {
  const shallow = patternFor(column);
  shallow.lastIndex = from;
  return Math.min(shallow.exec(text)?.index ?? end, end);
}

interface Depth {
  readonly end: number;
  readonly column: number;
}

/** The lines above a line that count there, from the top: all but those whose collections are closed by one further down. */
export function linesTowards(text: string, start: number, line: number): readonly number[] {
  const counting: number[] = [];
  let from = start;
  // What stands before the first collection is the whole document, so that one is opened even where it is closed again.
  for (; from < line && !closesDeeper(text, from, line); from = nextLine(text, from)) counting.push(from);
  counting.push(from);
  for (let column = 0; column <= deepest && line - from > short; column += 1) {
    const found = linesOf(text, from, { end: line, column });
    const last = found.findLast((it) => closesDeeper(text, it, line));
    if (last === undefined) continue;
    for (const it of found) if (it < last) counting.push(it);
    from = last;
  }
  for (let at = from; at < line; at = nextLine(text, at)) counting.push(at);
  return counting;
}

/** Below this column, and in fewer characters than that, all lines are read. */
const deepest = 40;
const short = 400;

function linesOf(text: string, from: number, depth: Depth): readonly number[] {
  const found: number[] = [];
  for (let at = shallowLine(text, from, depth); at < depth.end; at = shallowLine(text, nextLine(text, at), depth)) {
    found.push(at);
  }
  return found;
}

function closesDeeper(text: string, line: number, end: number): boolean {
  const shape = readShape(text, line, end);
  return !isIdle(text, shape) && (shape.key !== undefined || shape.dashes.length > 0);
}

/** For all columns that are looked for again and again. */
const patterns: readonly RegExp[] = Array.from({ length: deepest + 1 }, (_, column) => makePattern(column));

function patternFor(column: number): RegExp {
  return patterns[column] ?? makePattern(column);
}

function makePattern(column: number): RegExp {
  return new RegExp(`^ {0,${column}}[^ \\n]`, "gm");
}
