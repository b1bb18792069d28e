/** Where a command prints. Writing to a reader who has gone away is no error. */
export interface Terminal {
  /** Prints results. */
  readonly out: (text: string) => void;
  /** Prints problems and progress; what was printed before comes first. */
  readonly err: (text: string) => void;
  /** Hands over all that is printed so far. */
  readonly flush: () => void;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
}

/** Few large writes are much cheaper than many small ones. */
const chunk = 64 * 1024;

/** Opens the standard streams. */
export function openTerminal(): Terminal {
  let waiting = "";
  ignoreClosed(process.stdout);
  ignoreClosed(process.stderr);
  const flush = (): void => {
    if (waiting !== "") process.stdout.write(waiting);
    waiting = "";
  };
  return {
    out: (text) => {
      waiting += text;
      if (waiting.length >= chunk) flush();
    },
    err: (text) => {
      flush();
      process.stderr.write(text);
    },
    flush,
    outIsTerminal: process.stdout.isTTY === true,
    errIsTerminal: process.stderr.isTTY === true,
  };
}

function ignoreClosed(stream: NodeJS.WriteStream): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // `| head` closes the pipe when it has seen enough: the check goes on, for the sake of its exit code.
    if (error.code !== "EPIPE") throw error;
  });
}
