import type { Position } from "vscode-languageserver-protocol";
import { isObject } from "./guards.ts";
import { createBuffer, type PositionEncoding, positionAt } from "./text-buffer.ts";

/** The places of some offsets of a text that is not kept: sorted by offset, three numbers each. */
export type Places = Uint32Array;

/** Notes the places of all spans in a file's report, so that others can point at them without reading the file again. */
export function notePlaces(report: unknown, text: string, encoding: PositionEncoding): Places {
  const offsets = new Set<number>();
  collectOffsets(report, offsets);
  const buffer = createBuffer(text, encoding);
  const sorted = [...offsets].sort((a, b) => a - b);
  return Uint32Array.from(
    sorted.flatMap((offset) => {
      const { line, character } = positionAt(buffer, offset);
      return [offset, line, character];
    }),
  );
}

/** The place of a noted offset. */
export function placeOf(places: Places, offset: number): Position | undefined {
  let low = 0;
  let high = places.length / 3 - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[3 * middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  const [found, line, character] = places.subarray(3 * low, 3 * low + 3);
  return found === offset && line !== undefined && character !== undefined ? { line, character } : undefined;
}

/** Whatever has a start and an end in a report is a span of its file. */
function collectOffsets(value: unknown, offsets: Set<number>): void {
  if (Array.isArray(value)) for (const item of value) collectOffsets(item, offsets);
  else if (isObject(value)) {
    const { start, end } = value;
    if (typeof start === "number") offsets.add(start);
    if (typeof end === "number") offsets.add(end);
    for (const key of Object.keys(value)) collectOffsets(value[key], offsets);
  }
}
