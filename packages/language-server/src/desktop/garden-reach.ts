import type { Stop } from "@registry-cache/operations";
import { whenQuiet } from "../timer.ts";

/** So long, in milliseconds, no request may get an answer before the garden counts as lost: a connection that breaks is opened again. */
const patience = 2000;

/** Hears after each try of a request why there was no answer. Tells why the garden is lost, and when it answers again. */
export function watchReach<E>(tell: (why: E | "found") => void, signal: Stop["signal"]): (why: E | undefined) => void {
  let [waiting, lost] = [false, false];
  let last: E | undefined;
  const end = whenQuiet(patience, () => {
    waiting = false;
    lost = true;
    if (last !== undefined) tell(last);
  });
  signal.addEventListener("abort", end.stop, { once: true });
  return (why) => {
    if (signal.aborted) return;
    last = why;
    if (why !== undefined) {
      if (!waiting && !lost) end.ask();
      waiting = !lost;
      return;
    }
    end.stop();
    waiting = false;
    if (!lost) return;
    lost = false;
    tell("found");
  };
}
