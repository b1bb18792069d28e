/** How we wait, for tests to replace. */
export interface Pace {
  /** Resolves after so many milliseconds; rejects with the signal's reason when that comes first. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Between 0 and 1. */
  random(): number;
}

/** Real time and real chance. */
export const realPace: Pace = {
  wait: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", onAbort);
        resolve();
      }, milliseconds);
      signal.addEventListener("abort", onAbort, { once: true });
    }),
  random: Math.random,
};

/** How often a request is sent at most. */
export const maxTries = 6;

/** The longest pause that a server may ask for. */
const longestPause = 60_000;

/** The pause before the next try, in milliseconds: what the server asks for, else twice the last with a share of chance. Undefined where it asks for too much. */
export function pauseBefore(nextTry: number, retryAfter: string | undefined, pace: Pace): number | undefined {
  const asked = secondsOf(retryAfter);
  if (asked !== undefined && asked * 1000 > longestPause) return undefined;
  const growing = Math.min(250 * 2 ** (nextTry - 1), 8000);
  return Math.max((asked ?? 0) * 1000, 0) + growing * (0.5 + pace.random() / 2);
}

function secondsOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter);
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? undefined : (at - Date.now()) / 1000;
}
