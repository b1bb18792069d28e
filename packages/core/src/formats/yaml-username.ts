import { foldLines } from "./fold-lines.ts";

/** What Distribution makes of a value in config.yml: the same text, another one, none at all, or no start of the registry. */
export type ConfigVerdict = "intact" | "altered" | "dropped" | "crash";

const breaks = /[\n\r\u0085\u2028\u2029]/;

/**
 * What becomes of a username in config.yml, where the extension writes it as a plain YAML scalar (yaml.v2, Distribution 3.1.1).
 * Exact for a username without white space; one with white space, which admission refuses, is never called intact wrongly.
 */
export function usernameInConfig(username: string): ConfigVerdict {
  if (!isPrintable(username)) return "crash";
  const trimmed = trimYamlSpace(username);
  if (breaks.test(trimmed)) return "crash";
  const verdict = scalarVerdict(trimmed);
  return verdict === "intact" && trimmed !== username ? "altered" : verdict;
}

/** What becomes of a password in config.yml, where the extension writes it in single quotes: line ends are folded, control characters are fatal. */
export function passwordInConfig(password: string): Exclude<ConfigVerdict, "dropped"> {
  if (!isPrintable(password)) return "crash";
  // A line of --- or ... ends the document, inside quotes too. At the end of the password the closing quote prevents it.
  if (/[\n\r\u0085\u2028\u2029](---|\.\.\.)[ \t\n\r\u0085\u2028\u2029]/.test(password)) return "crash";
  return foldLines(password) === password ? "intact" : "altered";
}

/** Whether yaml.v2 reads every character; it refuses controls, lone surrogates and U+FFFE, U+FFFF. */
function isPrintable(text: string): boolean {
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x20 ? !"\t\n\r".includes(character) : point >= 0x7f && point < 0xa0 && point !== 0x85) return false;
    if ((point >= 0xd800 && point < 0xe000) || point === 0xfffe || point === 0xffff) return false;
  }
  return true;
}

/** Cuts blanks, tabs and line ends off; a loop, because a pattern would take quadratic time. */
export function trimYamlSpace(text: string): string {
  const isSpace = (at: number): boolean => " \t\n\r\u0085\u2028\u2029".includes(text.charAt(at));
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(start)) start += 1;
  while (end > start && isSpace(end - 1)) end -= 1;
  return text.slice(start, end);
}

function scalarVerdict(text: string): ConfigVerdict {
  switch (text.charAt(0)) {
    case "":
    case "#":
      return "dropped";
    case "'":
      return quotedVerdict(/^'((?:[^']|'')*)'(.*)$/s.exec(text));
    case '"':
      return quotedVerdict(doubleQuoted.exec(text));
    case "|":
    case ">":
      return /^.([-+][1-9]?|[1-9][-+]?)?[ \t]*(#.*)?$/.test(text) ? "dropped" : "crash";
    case "&":
      return anchorVerdict(text);
    case "!":
      return tagVerdict(text);
    default:
      return plainVerdict(text);
  }
}

const doubleQuoted =
  /^"((?:[^"\\]|\\[0abt\tnvfre "'\\N_LP]|\\x[0-9A-Fa-f]{2}|\\u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}|\\U00(?!00[Dd][89A-Fa-f])(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})*)"(.*)$/s;

/** Judges a quoted scalar from its content and from what follows the closing quote, where only a comment may stand. */
function quotedVerdict(match: RegExpExecArray | null): ConfigVerdict {
  const [, content, after = ""] = match ?? [];
  if (content === undefined || !/^[ \t]*(#|$)/.test(after)) return "crash";
  return content === "" ? "dropped" : "altered";
}

/** An anchor names an empty value, unless one of two indicators lets a plain scalar follow it directly. */
function anchorVerdict(text: string): ConfigVerdict {
  const [, rest] = /^&[-\w]+(.*)$/s.exec(text) ?? [];
  if (rest === undefined) return "crash";
  if (/^[ \t]/.test(rest)) return worse(scalarVerdict(rest.trimStart()));
  if (rest === "") return "dropped";
  return /^[?:]/.test(rest) ? worse(plainVerdict(rest)) : "crash";
}

const uri = "(?:[-\\w;/?:@&=+$,.!~*'()[\\]]|%[0-9A-Fa-f]{2})";
const tag = new RegExp(`^!(?:<(${uri}+)>|!(${uri}+)|(?![-\\w]+!)(?!!)${uri}*)([ \\t].*)?$`, "s");

/** A tag stands for an empty value, which is no boolean, number or time. */
function tagVerdict(text: string): ConfigVerdict {
  const match = tag.exec(text);
  if (match === null) return "crash";
  const [, verbatim, short, rest = ""] = match;
  if (rest !== "") return worse(scalarVerdict(rest.trimStart()));
  const name = short ?? verbatim?.replace("tag:yaml.org,2002:", "") ?? "";
  return /^(bool|int|float|timestamp)$/.test(name) ? "crash" : "dropped";
}

function plainVerdict(text: string): ConfigVerdict {
  if (/^[[\]{},*%@`]/.test(text) || /^[-?:]([ \t]|$)/.test(text)) return "crash";
  const comment = text.search(/[ \t]#/);
  const plain = comment < 0 ? text : trimYamlSpace(text.slice(0, comment));
  if (/:([ \t]|$)/.test(plain)) return "crash";
  if (/^(~|null|Null|NULL)$/.test(plain)) return "dropped";
  return plain === text ? "intact" : "altered";
}

function worse(verdict: ConfigVerdict): ConfigVerdict {
  return verdict === "intact" ? "altered" : verdict;
}
