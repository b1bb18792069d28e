import { isBlankOrEnd } from "./characters.ts";
import { add, refuse, type Scanner } from "./scanner.ts";

const name = /[\w-]*/y;
const indicatorsBehindName = "?:,]}%@`";
const directive = /%(?:YAML[ \t]+\d{1,9}\.\d{1,9}|TAG[ \t]+!(?:[\w-]*!)?[ \t]+\S+)[ \t]*(?:#.*)?(?=[\r\n])/y;
const verbatim = /!<([\w;/?:@&=+$,.!~*'()[\]%-]+)>/y;
const shorthand = /(!(?:[\w-]*!)?)([\w;/?:@&=+$,.!~*'()[\]%-]*)/y;

/** Scans `*name` or `&name`; kubectl takes letters, digits, `_` and `-` only. */
export function scanName(scanner: Scanner, kind: "alias" | "anchor"): void {
  const { text, at } = scanner;
  name.lastIndex = at + 1;
  const end = at + 1 + (name.exec(text)?.[0].length ?? 0);
  if (end > at + 1 && (isBlankOrEnd(text.charCodeAt(end)) || indicatorsBehindName.includes(text[end] ?? " "))) {
    add(scanner, kind, end);
    return;
  }
  const sign = kind === "alias" ? "*" : "&";
  refuse(scanner, end, end + 1, `kubectl takes only letters, digits, \`-\` and \`_\` behind \`${sign}\``);
}

/** Scans a `%YAML` or `%TAG` line. */
export function scanDirective(scanner: Scanner): void {
  const { text, at } = scanner;
  directive.lastIndex = at;
  const end = at + (directive.exec(text)?.[0].length ?? 0);
  if (end > at) add(scanner, "directive", end);
  else refuse(scanner, at, at + 1, "no line may start with `%` here; quote it");
}

/** Scans a tag. */
export function scanTag(scanner: Scanner): void {
  const { text, at } = scanner;
  const end = at + (text[at + 1] === "<" ? verbatimLength(text, at) : shorthandLength(text, at));
  if (end > at && isBlankOrEnd(text.charCodeAt(end)) && readTag(text.slice(at, end)) !== undefined) {
    add(scanner, "tag", end);
  } else refuse(scanner, at, Math.max(end, at + 1), "not a tag that kubectl can read");
}

/** The tag that a text like `!!int` or `!<tag:yaml.org,2002:int>` stands for; undefined for a broken escape. */
export function readTag(written: string): string | undefined {
  const tag = written.startsWith("!<") ? written.slice(2, -1) : written;
  if (!tag.includes("%")) return tag;
  try {
    return decodeURIComponent(tag);
  } catch {
    return undefined;
  }
}

function verbatimLength(text: string, at: number): number {
  verbatim.lastIndex = at;
  return verbatim.exec(text)?.[0].length ?? 0;
}

/** Without directives the handles are `!` and `!!`, and `!!` needs a name behind it. */
function shorthandLength(text: string, at: number): number {
  shorthand.lastIndex = at;
  const match = shorthand.exec(text);
  const [all = "", handle = "", suffix = ""] = match ?? [];
  return handle === "!" || (handle === "!!" && suffix !== "") ? all.length : 0;
}
