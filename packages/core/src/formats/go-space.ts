const spaces = new Set(
  "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000",
);

/** Tells whether a character is white space for Go's unicode.IsSpace, which unlike JavaScript has U+0085 and lacks U+FEFF. */
export function isGoSpace(character: string): boolean {
  return spaces.has(character);
}

/** Tells whether a text holds any white space in Go's sense. */
export function hasGoSpace(text: string): boolean {
  for (const character of text) if (spaces.has(character)) return true;
  return false;
}

/** Cuts white space off both ends, as Go's strings.TrimSpace does. */
export function trimGoSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && spaces.has(text.charAt(start))) start += 1;
  while (end > start && spaces.has(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
