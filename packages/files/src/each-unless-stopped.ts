const heldSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Does something with each item until it says false. A signal to stop is obeyed between two items, never within one. */
export async function eachUnlessStopped<T>(items: Iterable<T>, act: (item: T) => boolean): Promise<void> {
  let stop: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals): void => {
    stop = signal;
  };
  for (const signal of heldSignals) process.on(signal, note);
  try {
    for (const item of items) {
      if (!act(item)) break;
      // A signal that came meanwhile is told of in the turn after the next.
      await nextTurn();
      await nextTurn();
      if (stop !== undefined) break;
    }
  } finally {
    for (const signal of heldSignals) process.off(signal, note);
  }
  if (stop !== undefined) process.kill(process.pid, stop);
}

/** As timers/promises has it, which takes a part of a millisecond to load. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
