/** A constant that is worked out when it is first asked for: a check of one file would wait for what only others need. */
export function later<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
