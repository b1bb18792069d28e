import type { Terminal } from "./terminal.ts";

/** Shows how far a long run is. */
export interface Progress {
  readonly step: (done: number, total?: number) => void;
  /** Erases what was shown. */
  readonly end: () => void;
}

/** A run that takes no longer than this says nothing of its progress. */
const quietMilliseconds = 1000;
const pauseMilliseconds = 100;

/** Shows progress on the terminal that errors go to, and nowhere else. `things` are what is counted. */
export function openProgress({ err, errIsTerminal }: Terminal, things = "files"): Progress {
  if (!errIsTerminal()) return { step: () => undefined, end: () => undefined };
  let next = performance.now() + quietMilliseconds;
  let shown = false;
  return {
    step: (done, total) => {
      const now = performance.now();
      if (now < next) return;
      next = now + pauseMilliseconds;
      shown = true;
      err(total === undefined ? `\r${done} ${things} of before` : `\r\u001b[K${done} of ${total} ${things}`);
    },
    end: () => {
      if (shown) err("\r\u001b[K");
    },
  };
}
