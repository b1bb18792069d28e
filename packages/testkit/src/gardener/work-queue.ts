/** Does one thing after the other. */
export interface WorkQueue {
  add(work: () => Promise<void>): void;
  /** Resolves when nothing is left to do. */
  settle(): Promise<void>;
  /** Drops what is left, and what comes. */
  stop(): void;
}

/** An empty queue. What fails is told by `settle`. */
export function createWorkQueue(): WorkQueue {
  let last: Promise<void> = Promise.resolve();
  let stopped = false;
  const failures: unknown[] = [];
  return {
    add(work) {
      last = last.then(async () => {
        if (!stopped) await work().catch((error: unknown) => void failures.push(error));
      });
    },
    async settle() {
      for (let seen: Promise<void> | undefined; seen !== last; ) {
        seen = last;
        await seen;
      }
      const [failure] = failures.splice(0);
      if (failure !== undefined) throw failure;
    },
    stop() {
      stopped = true;
    },
  };
}
