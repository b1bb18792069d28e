/** What a growth must stay below to be in step: it is about 4 for work in step with the size, and about 16 for work with its square. */
export const inStep = 8;

/** Below this, in milliseconds, a time says more of the machine than of the work. */
const shortest = 10;

/**
 * How many times as much work is done for four times the size. It counts the time that this thread has the processor, so that
 * others on the machine hardly matter, and measures up to three times while the growth is not in step.
 */
export function growthOf(work: (size: number) => void, size: number): number {
  let small = Number.POSITIVE_INFINITY;
  let large = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round += 1) {
    small = Math.min(
      small,
      busyTime(() => work(size)),
    );
    large = Math.min(
      large,
      busyTime(() => work(4 * size)),
    );
    if (large / Math.max(small, shortest) < inStep) break;
  }
  return large / Math.max(small, shortest);
}

function busyTime(work: () => void): number {
  const start = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}
