import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** So much of what the network brought may be garbage, in bytes. */
const maxWaste = 16 * 1024 * 1024;

/** How often it looks, in milliseconds: a hundredth of a second brings some ten megabytes from near by. */
const pause = 5;

/**
 * Suits V8 to a list of hundreds of megabytes, of which nothing is kept but rows. Node takes memory for each piece that
 * arrives, twice, which V8 would notice late, and then answer by marking all of its heap, on other cores as well: a
 * fifth of a run. The buffers are young, so the small collection frees them. It is asked for only while pieces come.
 */
export function createLongList(): { stop(): void } {
  // Marking in small steps is for programs that must answer at once.
  setFlagsFromString("--no-incremental-marking");
  const collect = openCollector();
  const timer = setInterval(() => {
    if (getHeapStatistics().external_memory > maxWaste) collect();
  }, pause).unref();
  return { stop: () => clearInterval(timer) };
}

/** V8's own collector of young objects; where it is not to be had, V8 does as it likes. */
function openCollector(): () => void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  return typeof collect === "function" ? () => collect({ type: "minor" }) : () => undefined;
}
