import type { Outbox } from "./outbox.ts";

/** A progress that the editor shows. */
export interface Progress {
  readonly token: string;
  readonly step: (left: number) => void;
  readonly end: () => void;
}

/** Shows how many of some files are read; `token` is one that no other progress had. */
export function openProgress(outbox: Outbox, token: string, total: number): Progress {
  let ended = false;
  let percent = 0;
  const report = (value: object): void => outbox.notify("$/progress", { token, value });
  // A client that has not made it yet would drop what comes before.
  const made = outbox.ask("window/workDoneProgress/create", { token }).then((answer) => {
    // To one that refused nothing may be sent.
    const begins = answer !== undefined && !ended;
    if (begins) report({ kind: "begin", title: "Reading manifests", cancellable: true, percentage: 0 });
    return begins;
  });
  return {
    token,
    step(left) {
      const now = Math.floor((100 * (total - left)) / total);
      if (now <= percent) return;
      percent = now;
      const message = `${total - left} of ${total} files`;
      made.then((begun) => begun && !ended && report({ kind: "report", percentage: now, message }));
    },
    end() {
      made.then((begun) => begun && report({ kind: "end" }));
      ended = true;
    },
  };
}
