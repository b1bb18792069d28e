/** Something that goes wrong with a request. */
export type FaultEffect =
  /** Answers by this instead; `body` is sent as it is. */
  | { readonly answer: number; readonly headers?: { readonly [name: string]: string }; readonly body?: string }
  /** Closes the connection before anything is sent. */
  | { readonly reset: true }
  /** Closes the connection after so many bytes of the true answer's body. */
  | { readonly cutAfter: number }
  /** Never answers. */
  | { readonly hang: true }
  /** Answers late. */
  | { readonly delay: number }
  /** Adds headers to the true answer. */
  | { readonly headers: { readonly [name: string]: string } };

/** Which requests a fault is for. */
export interface Fault {
  readonly method?: string;
  /** Matches the path with its query. */
  readonly path?: RegExp;
  /** How many requests pass before it; none unless told. */
  readonly after?: number;
  /** How many requests it meets; one unless told. */
  readonly times?: number;
  readonly effect: FaultEffect;
}

/** The faults that wait for their requests. */
export interface Faults {
  add(fault: Fault): void;
  /** The effect for a request, which counts it. */
  meet(method: string, url: string): FaultEffect | undefined;
}

/** No faults yet. */
export function createFaults(): Faults {
  const waiting: { readonly fault: Fault; skip: number; left: number }[] = [];
  return {
    add(fault) {
      waiting.push({ fault, skip: fault.after ?? 0, left: fault.times ?? 1 });
    },
    meet(method, url) {
      for (const it of waiting) {
        if (it.left === 0 || (it.fault.method ?? method) !== method || it.fault.path?.test(url) === false) continue;
        if (it.skip > 0) it.skip -= 1;
        else {
          it.left -= 1;
          return it.fault.effect;
        }
      }
      return undefined;
    },
  };
}
