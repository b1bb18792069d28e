/** A signal of `follow` and of requests. */
export type StopSignal = AbortSignal;

/** Something that ends once: when it is told to, after a time, or with another. */
export interface Stop {
  readonly signal: StopSignal;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  end(): void;
}

/** Makes a stop. */
export function createStop(options: { readonly after?: number; readonly with?: StopSignal } = {}): Stop {
  const { after, with: other } = options;
  const controller = new AbortController();
  const { signal } = controller;
  const end = (): void => controller.abort();
  const ended = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  if (other?.aborted === true) end();
  other?.addEventListener("abort", end, { once: true, signal });
  // A timer cannot count further; who waits for weeks starts anew.
  const timer = after === undefined ? undefined : setTimeout(end, Math.min(after, 2 ** 31 - 1));
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return { signal, ended, end };
}
