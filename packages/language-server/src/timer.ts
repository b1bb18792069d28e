import { RAL } from "vscode-jsonrpc";

/** Lets other messages be handled before what follows. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    RAL().timer.setImmediate(resolve);
  });
}

/** Runs an action once things have been quiet for some milliseconds; asking again starts the time anew. */
export interface Quiet {
  ask(): void;
  stop(): void;
}

/** Makes a `Quiet`. */
export function whenQuiet(milliseconds: number, action: () => void): Quiet {
  let waiting: { dispose(): void } | undefined;
  const stop = (): void => {
    waiting?.dispose();
    waiting = undefined;
  };
  return {
    stop,
    ask() {
      stop();
      waiting = RAL().timer.setTimeout(() => {
        waiting = undefined;
        action();
      }, milliseconds);
    },
  };
}

/** Makes a `Quiet` that does not wait for quiet: the action comes so many milliseconds after the first who asks. */
export function afterAWhile(milliseconds: number, action: () => void): Quiet {
  let asked = false;
  const timer = whenQuiet(milliseconds, () => {
    asked = false;
    action();
  });
  return {
    ask() {
      if (!asked) timer.ask();
      asked = true;
    },
    stop() {
      timer.stop();
      asked = false;
    },
  };
}
