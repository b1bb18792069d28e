/** A line break for kubectl's YAML library: LF, CR, NEL, LS or PS. */
export function isBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/** A space, a tab, a line break, or the NUL that ends a text. */
export function isBlankOrEnd(code: number): boolean {
  if (code > 32 && code < 0x7f) return false;
  return code === 32 || code === 9 || code === 0 || isBreak(code);
}

/** The offset behind the line break at `at`; CR and LF are one. */
export function skipBreak(text: string, at: number): number {
  return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
}

/** What a line break stands for in a value: LS and PS stay what they are. */
export function breakText(text: string, at: number): string {
  const code = text.charCodeAt(at);
  return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : "\n";
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const refused = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/** The offset of the first character that kubectl takes nowhere in YAML, or -1. */
export function findControl(text: string): number {
  return text.search(refused);
}
