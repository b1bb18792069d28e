/**
 * The candidate nearest to `word` for a "did you mean", or undefined when none is within `maxDistance` edits (default: a third of the word; so a word
 * of one or two letters has no neighbours).
 * Spellings that differ in case only win; of equals the first candidate wins; the word itself is never an answer.
 */
export function closest(word: string, candidates: readonly string[], maxDistance?: number): string | undefined {
  const lower = word.toLowerCase();
  const others = candidates.filter((candidate) => candidate !== word);
  const sameLetters = others.find((candidate) => candidate.toLowerCase() === lower);
  if (sameLetters !== undefined) return sameLetters;
  const limit = maxDistance ?? Math.floor(word.length / 3);
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of others) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const distance = editDistance(lower, candidate.toLowerCase());
    if (distance <= limit && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { candidate, distance };
  }
  return best?.candidate;
}

/** Tells whether `closest` would consider a candidate for a word. */
export function isNear(word: string, candidate: string): boolean {
  return closest(word, [candidate]) !== undefined;
}

/** The number of inserted, deleted, replaced or swapped neighbouring code units that turn one text into the other. */
export function editDistance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = at(row - 1, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const cost = Math.min(replaced, at(row - 1, column) + 1, at(row, column - 1) + 1);
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(swapped ? Math.min(cost, at(row - 2, column - 2) + 1) : cost);
    }
  }
  return at(from.length, to.length);
}
