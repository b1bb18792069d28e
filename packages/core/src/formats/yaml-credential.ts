import { foldLines } from "./fold-lines.ts";
import { type ConfigVerdict, passwordInConfig, trimYamlSpace, usernameInConfig } from "./yaml-username.ts";

/** What Distribution has of a value after reading its config.yml; `text` is undefined where it does not start, or where we cannot tell. */
export interface ConfigValue {
  readonly verdict: ConfigVerdict;
  readonly text: string | undefined;
}

/** The username that the registry sends, where the extension writes this one into config.yml. */
export function readConfigUsername(username: string): ConfigValue {
  const verdict = usernameInConfig(username);
  if (verdict === "intact") return { verdict, text: username };
  if (verdict === "dropped") return { verdict, text: "" };
  return { verdict, text: verdict === "crash" ? undefined : alteredUsername(trimYamlSpace(username)) };
}

/** The password that the registry sends, where the extension writes this one into config.yml. */
export function readConfigPassword(password: string): ConfigValue {
  const verdict = passwordInConfig(password);
  return { verdict, text: verdict === "crash" ? undefined : foldLines(password) };
}

function alteredUsername(text: string): string | undefined {
  switch (text.charAt(0)) {
    case "'":
      return text.slice(1, text.search(/'[ \t]*(#.*)?$/)).replaceAll("''", "'");
    case '"':
      return unescapeDouble(/^"((?:[^"\\]|\\.)*)"/s.exec(text)?.[1] ?? "");
    // With an anchor or a tag, the text depends on more than we read.
    case "&":
    case "!":
      return undefined;
    default: {
      const comment = text.search(/[ \t]#/);
      return comment < 0 ? text : trimYamlSpace(text.slice(0, comment));
    }
  }
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["t", "\t"],
  ["\t", "\t"],
  ["n", "\n"],
  ["v", "\v"],
  ["f", "\f"],
  ["r", "\r"],
  ["e", "\x1b"],
  ["N", "\u0085"],
  ["_", "\u00a0"],
  ["L", "\u2028"],
  ["P", "\u2029"],
]);

function unescapeDouble(text: string): string {
  return text.replace(/\\(?:x..|u.{4}|U.{8}|.)/gs, (written) => {
    const [letter = ""] = written.slice(1);
    const digits = written.slice(2);
    return digits === "" ? (escapes.get(letter) ?? letter) : String.fromCodePoint(Number.parseInt(digits, 16));
  });
}
