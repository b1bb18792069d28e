import { isTerminal, writeTo } from "../host/standard-streams.ts";

/** Where a command prints. Writing to a reader who has gone away is no error. */
export interface Terminal {
  /** Prints results. */
  readonly out: (text: string) => void;
  /** Prints problems and progress; what was printed before comes first. */
  readonly err: (text: string) => void;
  /** Hands over all that is printed so far. */
  readonly flush: () => void;
  readonly outIsTerminal: () => boolean;
  readonly errIsTerminal: () => boolean;
  /** Whether a person is there to be asked. */
  readonly canAsk: () => boolean;
}

/** Few large writes are much cheaper than many small ones. */
const chunk = 64 * 1024;

/** Opens the standard streams. */
export function openTerminal(): Terminal {
  let waiting = "";
  const flush = (): void => {
    if (waiting !== "") writeTo(1, waiting);
    waiting = "";
  };
  return {
    out: (text) => {
      waiting += text;
      if (waiting.length >= chunk) flush();
    },
    err: (text) => {
      flush();
      writeTo(2, text);
    },
    flush,
    outIsTerminal: () => isTerminal(1),
    errIsTerminal: () => isTerminal(2),
    canAsk: () => isTerminal(0) && isTerminal(2),
  };
}
