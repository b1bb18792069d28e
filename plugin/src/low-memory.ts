import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

const maxYoungBytes = 4 * 1024 * 1024;
const filesBetweenLooks = 64;

/**
 * Keeps the memory of a long run low, to be told of each file. V8 would let the space of short-lived objects grow to 48 MiB
 * and the other to four times what is in use: both would hold nothing but garbage here, since no text is kept.
 */
export function createMemoryLimit(): (files: number) => void {
  let limited = false;
  return (files) => {
    if (limited || files % filesBetweenLooks !== 0) return;
    const young = getHeapSpaceStatistics().find((it) => it.space_name === "new_space");
    if (young === undefined || young.space_size < maxYoungBytes) return;
    setFlagsFromString("--semi-space-growth-factor=1");
    setFlagsFromString("--heap-growing-percent=30");
    limited = true;
  };
}
