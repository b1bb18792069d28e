import type { LogOutputChannel } from "vscode";

/**
 * A log channel whose traces say which message went where, and never what was in it: texts of Secrets and passwords travel to the
 * server, and a log is a file. Settings that ask for more, such as a repository may bring, change nothing.
 */
export function withoutContents<C extends Pick<LogOutputChannel, "trace">>(channel: C): C {
  return new Proxy(channel, {
    get(target, name) {
      if (name === "trace") return (message: string) => target.trace(headOf(message));
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** Contents stand on the lines below; in the other format a message is all contents. */
function headOf(message: string): string {
  const [head = ""] = message.split("\n", 1);
  return head.startsWith("{") ? "a message" : head;
}
