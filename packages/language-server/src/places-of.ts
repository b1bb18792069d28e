/** Where an error came from, without its message: that may quote a document, and with it a secret. */
export function placesOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return stack
    .split("\n")
    .filter((it) => /^\s+at /.test(it))
    .slice(0, 8)
    .map((it) => `\n${it}`)
    .join("");
}
