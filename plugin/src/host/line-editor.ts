/** What a person has typed on a line so far, and what the terminal is to show for it. */
export interface TypedLine {
  readonly text: string;
  /** "line" behind Enter, "end" at Ctrl-D on an empty line, "stop" at Ctrl-C. */
  readonly state: "typing" | "line" | "end" | "stop";
  readonly echo: string;
  /** The keys behind the line, which belong to the next question. */
  readonly rest: string;
}

const erase = "\b \b";

/** Takes keys as a terminal in raw mode sends them: Enter, Backspace, Ctrl-U, Ctrl-C and Ctrl-D do what they do elsewhere, other control keys nothing. */
export function typeKeys(text: string, keys: string): TypedLine {
  // Arrow keys and the like come as sequences, which no name or password contains.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the keys
  const characters = [...keys.replace(/\u001b(?:\[[0-9;?]*[ -/]*[@-~]|O.)?/g, "")];
  const typed = [...text];
  let echo = "";
  for (const [index, key] of characters.entries()) {
    const state = endedBy(key, typed.length === 0);
    if (state !== undefined) {
      const rest = characters.slice(index + 1).join("");
      const isWhole = state === "line" && key === "\r";
      return {
        text: state === "line" ? typed.join("") : "",
        state,
        echo,
        rest: isWhole ? rest.replace(/^\n/, "") : rest,
      };
    }
    echo += edit(typed, key);
  }
  return { text: typed.join(""), state: "typing", echo, rest: "" };
}

function endedBy(key: string, isEmpty: boolean): "line" | "end" | "stop" | undefined {
  if (key === "\r" || key === "\n") return "line";
  if (key === "\u0003") return "stop";
  return key === "\u0004" && isEmpty ? "end" : undefined;
}

/** Changes what is typed, and gives what the terminal shows for it. */
function edit(typed: string[], key: string): string {
  if (key === "\u007f" || key === "\b") return typed.pop() === undefined ? "" : erase;
  if (key === "\u0015") return erase.repeat(typed.splice(0).length);
  if (key < " " || (key >= "\u0080" && key <= "\u009f")) return "";
  typed.push(key);
  return key;
}
