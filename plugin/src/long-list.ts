import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { heapSpace, inlineLess, limitGarbage } from "./long-run.ts";

/** So much of what the network brought may be garbage, in bytes. */
const maxWaste = 16 * 1024 * 1024;

/** How often it looks, in milliseconds: a hundredth of a second brings some ten megabytes from near by. */
const pause = 5;

/** So much of what was kept for a page may be garbage by now, in bytes. */
const maxOldWaste = 8 * 1024 * 1024;

/** A list on its way. */
export interface LongList {
  /** To be told of each page that has come. */
  page(): void;
  stop(): void;
}

/**
 * Suits V8 to a list of hundreds of megabytes, of which nothing is kept but rows. Node takes memory for each piece that
 * arrives, twice, which V8 would notice late, and then answer by marking all of its heap, on other cores as well: a
 * fifth of a run. The buffers are young, so the small collection frees them. It is asked for only while pieces come.
 */
export function createLongList(): LongList {
  // Marking in small steps is for programs that must answer at once.
  setFlagsFromString("--no-incremental-marking");
  inlineLess();
  const collect = openCollector();
  let limited = false;
  const timer = setInterval(() => {
    if (getHeapStatistics().external_memory > maxWaste) collect("minor");
    if (!limited) limited = limitGarbage();
  }, pause).unref();
  let kept = Number.POSITIVE_INFINITY;
  return {
    page() {
      const used = usedByOld();
      const isWaste = used - kept > maxOldWaste;
      if (isWaste) collect("major");
      kept = isWaste ? usedByOld() : Math.min(kept, used);
    },
    stop: () => clearInterval(timer),
  };
}

function usedByOld(): number {
  return heapSpace("old_space").space_used_size;
}

/** V8's own collector; where it is not to be had, V8 does as it likes. */
function openCollector(): (type: "minor" | "major") => void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  return typeof collect === "function" ? (type) => collect({ type }) : () => undefined;
}
