/** Something that is rung whenever there is something new. */
export interface Bell {
  ring(): void;
  /** Whoever waits is told of the error, now and always. */
  break(error: unknown): void;
  /** Resolves at the next ring; at once when there was one since it last did. */
  wait(): Promise<void>;
}

/** Makes a bell. */
export function createBell(): Bell {
  let rung = false;
  let broken: { readonly error: unknown } | undefined;
  let wake = (): void => undefined;
  return {
    ring() {
      rung = true;
      wake();
    },
    break(error) {
      broken = { error };
      wake();
    },
    async wait() {
      if (!rung && broken === undefined) await new Promise<void>((resolve) => (wake = resolve));
      rung = false;
      if (broken !== undefined) throw broken.error;
    },
  };
}
