/** The time as a server sees it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `run` once after so many milliseconds; the function given back cancels that. */
  after(milliseconds: number, run: () => Promise<void>): () => void;
}

/** A clock that stands still until a test moves it. */
export interface VirtualClock extends Clock {
  /** Moves on, running what falls due on the way, in order; each is awaited before the next. */
  advance(milliseconds: number): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly run: () => Promise<void>;
}

/** A clock that a test moves; without a start it begins at 2030-01-01T00:00:00Z. */
export function createVirtualClock(start: number = Date.UTC(2030, 0, 1)): VirtualClock {
  let now = start;
  const timers = new Set<Timer>();
  const firstUntil = (end: number): Timer | undefined =>
    [...timers].filter((it) => it.at <= end).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => now,
    after(milliseconds, run) {
      const timer = { at: now + milliseconds, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(milliseconds) {
      const end = now + milliseconds;
      for (let timer = firstUntil(end); timer !== undefined; timer = firstUntil(end)) {
        timers.delete(timer);
        now = timer.at;
        await timer.run();
      }
      now = end;
    },
  };
}

/** The clock of the machine. */
export const realClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, run) {
    const end = Date.now() + milliseconds;
    let timer: NodeJS.Timeout | undefined;
    // Node runs what is further away than its longest timer at once.
    const wait = (): void => {
      const left = end - Date.now();
      timer = setTimeout(() => (left > longestTimer ? wait() : void run()), Math.min(left, longestTimer));
      timer.unref();
    };
    wait();
    return () => clearTimeout(timer);
  },
};

const longestTimer = 2 ** 31 - 1;
