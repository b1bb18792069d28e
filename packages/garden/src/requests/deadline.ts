/** Thrown by a signal when a request has taken longer than it may. */
export class TimeoutReason extends Error {
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds / 1000}s (--request-timeout)`);
  }
}

/** A signal that follows another and also ends by itself after some milliseconds; 0 for never. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Takes the time limit away; the other signal is still followed. */
  disarm(): void;
  /** Ends the signal now. */
  abort(): void;
  /** Must be called when the work is done. */
  release(): void;
}

/** Starts a deadline. */
export function startDeadline(parent: AbortSignal | undefined, milliseconds: number): Deadline {
  const controller = new AbortController();
  const follow = (): void => controller.abort(parent?.reason);
  if (parent?.aborted === true) follow();
  parent?.addEventListener("abort", follow, { once: true });
  const timer =
    milliseconds > 0 ? setTimeout(() => controller.abort(new TimeoutReason(milliseconds)), milliseconds) : undefined;
  return {
    signal: controller.signal,
    abort: () => controller.abort(),
    disarm: () => clearTimeout(timer),
    release() {
      clearTimeout(timer);
      parent?.removeEventListener("abort", follow);
    },
  };
}
