import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

const maxYoungBytes = 4 * 1024 * 1024;
const filesBetweenLooks = 64;

/**
 * Suits V8 to a run over many files, to be told of each. It would let the space of short-lived objects grow to 48 MiB and the
 * other to four times what is in use: both would hold nothing but garbage here, since no text is kept. And it would spend a
 * fifth of a run of 10,000 files on optimizing.
 */
export function createLongRun(): (files: number) => void {
  let limited = false;
  return (files) => {
    if (limited || files === 0 || files % filesBetweenLooks !== 0) return;
    if (files === filesBetweenLooks) inlineLess();
    limited = limitGarbage();
  };
}

/** Puts less of each function's callees into it, which halves the time of optimizing. */
export function inlineLess(): void {
  setFlagsFromString("--max-inlined-bytecode-size-cumulative=300");
}

/** Lets the spaces for objects grow no further than garbage is worth; false as long as that of the short-lived may still grow. */
export function limitGarbage(): boolean {
  if (heapSpace("new_space").space_size < maxYoungBytes) return false;
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=30");
  return true;
}

/** How large one of V8's spaces is, and how much of it is used; 0 where there is none of that name. */
export function heapSpace(name: string): { readonly space_size: number; readonly space_used_size: number } {
  return getHeapSpaceStatistics().find((it) => it.space_name === name) ?? { space_size: 0, space_used_size: 0 };
}
