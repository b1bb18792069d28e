/** Gives what several sources give, as it comes. An error of one is an error of all; whoever stops early stops them all. */
export async function* merge<T>(sources: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  const waiting = new Map(sources.map((it) => [it, nextOf(it)]));
  try {
    while (waiting.size > 0) {
      const { source, result } = await Promise.race(waiting.values());
      if (result.done === true) waiting.delete(source);
      else {
        waiting.set(source, nextOf(source));
        yield result.value;
      }
    }
  } finally {
    // A source that waits for its next item would never hear of it, so nobody waits for it.
    for (const it of waiting.keys()) it.return(undefined).catch(() => undefined);
  }
}

interface Next<T> {
  readonly source: AsyncGenerator<T>;
  readonly result: IteratorResult<T>;
}

async function nextOf<T>(source: AsyncGenerator<T>): Promise<Next<T>> {
  return { source, result: await source.next() };
}
