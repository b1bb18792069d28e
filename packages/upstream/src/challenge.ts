/** One way to log in that a registry offers in a `WWW-Authenticate` header; names are in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Reads the challenges as Distribution 3.1.1 does (internal/client/auth/challenge): one in each header line, whatever
 * follows it is lost, and the first thing that is no parameter ends the list.
 */
export function readChallenges(lines: readonly string[]): readonly Challenge[] {
  return lines.flatMap((line) => {
    const [scheme, rest] = takeToken(line);
    return scheme === "" ? [] : [{ scheme: scheme.toLowerCase(), parameters: readParameters(rest) }];
  });
}

/** Reads the challenges as RFC 9110 defines them: a line may hold several. */
export function readAllChallenges(lines: readonly string[]): readonly Challenge[] {
  return lines.flatMap((line) => splitChallenges(line).flatMap((it) => readChallenges([it])));
}

/** Cuts a header line before each word that a parameter cannot begin with: a comma, a name, and no equals sign behind it. */
function splitChallenges(line: string): readonly string[] {
  const starts: number[] = [0];
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (quoted && character === "\\") at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ",") {
      newScheme.lastIndex = at + 1;
      if (newScheme.test(line)) starts.push(at + 1);
    }
  }
  return starts.map((start, index) => line.slice(start, starts[index + 1] ?? line.length).trim());
}

const newScheme = /[ \t]*[!#$%&'*+.^_`|~\w-]+([ \t]+[^= \t,]|[ \t]*(,|$))/y;

function readParameters(text: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  let rest = `,${skipSpace(text)}`;
  while (rest.startsWith(",")) {
    const [name, afterName] = takeToken(skipSpace(rest.slice(1)));
    if (name === "" || !afterName.startsWith("=")) break;
    const [value, afterValue] = takeValue(afterName.slice(1));
    if (value === "") break;
    parameters.set(name.toLowerCase(), value);
    rest = skipSpace(afterValue);
  }
  return parameters;
}

function takeToken(text: string): readonly [string, string] {
  const end = text.search(/[^!#$%&'*+.^_`|~\w-]/);
  return end < 0 ? [text, ""] : [text.slice(0, end), text.slice(end)];
}

function takeValue(text: string): readonly [string, string] {
  if (!text.startsWith('"')) return takeToken(text);
  let value = "";
  for (let at = 1; at < text.length; at += 1) {
    if (text.charAt(at) === '"') return [value, text.slice(at + 1)];
    if (text.charAt(at) === "\\") at += 1;
    value += text.charAt(at);
  }
  return ["", ""];
}

function skipSpace(text: string): string {
  return text.replace(/^[ \t\r\n]+/, "");
}
