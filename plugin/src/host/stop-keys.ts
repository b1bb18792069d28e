/** A signal that Ctrl-C gives. The second Ctrl-C ends the program at once. */
export function stopOnInterrupt(onStop: () => void): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    onStop();
    controller.abort();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return controller.signal;
}
