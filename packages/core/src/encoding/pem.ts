import { decodeBase64 } from "./base64.ts";

/** One PEM block: what stands after BEGIN, and the bytes in it. */
export interface PemBlock {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const begin = "-----BEGIN ";
const end = "\n-----END ";
const dashes = "-----";

/**
 * The first well-formed PEM block of a text, by the rules of Go's pem.Decode: text around it and headers in it are skipped,
 * and a block that is cut off, mislabelled or no base64 gives way to the next one.
 */
export function readFirstPemBlock(text: string): PemBlock | undefined {
  let from = 0;
  for (;;) {
    const endAt = text.indexOf(end, from);
    if (endAt < 0) return undefined;
    // Of repeated BEGIN lines the last one before an END counts.
    const beginAt = text.slice(from, endAt).lastIndexOf(begin) + from;
    const next = endAt + end.length;
    if (beginAt >= from && (beginAt === from || text[beginAt - 1] === "\n")) {
      const found = readBlock(text, beginAt + begin.length, endAt);
      if (found !== "skip") return found;
    }
    from = next;
  }
}

/** Reads one block; undefined means that Go gives up on the whole text. */
function readBlock(text: string, start: number, endAt: number): PemBlock | undefined | "skip" {
  const label = readLine(text, start);
  if (!label.line.endsWith(dashes)) return "skip";
  const body = skipHeaders(text, label.next);
  const trailer = endAt + end.length;
  if (body === undefined) return undefined;
  if (body > trailer) return undefined;
  if (body > label.next && body > endAt) return "skip";
  const type = label.line.slice(0, -dashes.length);
  const last = readLine(text, trailer + type.length + dashes.length).line;
  if (!text.startsWith(type + dashes, trailer) || last !== "") return "skip";
  const bytes = decodeBase64(text.slice(body, Math.max(body, endAt)).replace(/[ \t]+/g, ""));
  return bytes === undefined ? "skip" : { type, bytes };
}

/** The start of the first line without a colon; undefined at the end of the text. */
function skipHeaders(text: string, start: number): number | undefined {
  let at = start;
  while (at < text.length) {
    const { line, next } = readLine(text, at);
    if (!line.includes(":")) return at;
    at = next;
  }
  return undefined;
}

function readLine(text: string, start: number): { readonly line: string; readonly next: number } {
  const feed = text.indexOf("\n", start);
  const next = feed < 0 ? text.length : feed + 1;
  let stop = feed < 0 ? next : feed;
  if (feed > start && text[feed - 1] === "\r") stop -= 1;
  while (stop > start && (text[stop - 1] === " " || text[stop - 1] === "\t")) stop -= 1;
  return { line: text.slice(start, stop), next };
}
