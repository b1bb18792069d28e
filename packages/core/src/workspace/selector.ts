/** What a selector is compared with: a finding or a rule. */
export interface Selectable {
  readonly code: string;
  readonly name: string;
}

/** Tells whether a selector, which is a code, the beginning of one such as `RC2`, or a name, means a finding or a rule. */
export function selects(selector: string, { code, name }: Selectable): boolean {
  const word = selector.trim();
  if (word.toLowerCase() === name) return true;
  return /^RC\d{0,3}$/i.test(word) && code.startsWith(word.toUpperCase());
}

/** Tells whether any of several selectors means a finding or a rule. */
export function selectsAny(selectors: readonly string[], it: Selectable): boolean {
  return selectors.some((selector) => selects(selector, it));
}
