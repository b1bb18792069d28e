import { typeKeys } from "./line-editor.ts";
import { writeTo } from "./standard-streams.ts";

/** Asks a person on the terminal that is standard input; what is asked goes to standard error. */
export interface Prompt {
  /** The answer without its line end; undefined where the person ended the input instead. */
  ask(question: string, options?: { readonly hidden?: boolean }): Promise<string | undefined>;
  /** Gives the terminal back. */
  close(): void;
}

/** Opens the terminal for questions. From then on it shows nothing by itself: an answer typed before it is asked for is hidden, too. */
export function openPrompt(): Prompt {
  const { stdin } = process;
  let waiting = "";
  let wake = (): void => undefined;
  let ended = false;
  const onData = (keys: string): void => {
    waiting += keys;
    wake();
  };
  const onEnd = (): void => {
    ended = true;
    wake();
  };
  stdin.setEncoding("utf8").on("data", onData).on("end", onEnd);
  stdin.setRawMode(true);
  // An earlier prompt has paused it.
  stdin.resume();
  const close = (): void => {
    stdin.setRawMode(false);
    stdin.off("data", onData).off("end", onEnd).pause();
  };
  const nextKeys = async (): Promise<string> => {
    if (waiting === "" && !ended) await new Promise<void>((resolve) => (wake = resolve));
    const keys = waiting;
    waiting = "";
    return keys;
  };
  return {
    close,
    ask: async (question, { hidden = false } = {}) => {
      writeTo(2, question);
      for (let text = ""; ; ) {
        const keys = await nextKeys();
        const line = typeKeys(text, keys === "" ? "\u0004" : keys);
        text = line.text;
        waiting = line.rest + waiting;
        if (!hidden) writeTo(2, line.echo);
        if (line.state === "typing" && keys !== "") continue;
        writeTo(2, "\n");
        if (line.state === "stop") return stop(close);
        return line.state === "line" ? text : undefined;
      }
    },
  };
}

/** Ends as Ctrl-C ends any program; nothing goes on behind it. */
function stop(close: () => void): Promise<never> {
  close();
  process.kill(process.pid, "SIGINT");
  return new Promise(() => undefined);
}
