/** The offset of the first character at or after `at` that is neither white space nor part of a comment. */
export function skipBlanks(text: string, at: number, end: number): number {
  let offset = at;
  while (offset < end) {
    const code = text.charCodeAt(offset);
    if (code === 35 && startsComment(text, offset)) offset = endOfLine(text, offset, end);
    else if (code === 32 || code === 9 || code === 10 || code === 13) offset += 1;
    else break;
  }
  return offset;
}

/** The offset of the line end at or after `at`, or `end`. */
export function endOfLine(text: string, at: number, end: number): number {
  let offset = at;
  while (offset < end && text.charCodeAt(offset) !== 10 && text.charCodeAt(offset) !== 13) offset += 1;
  return offset;
}

/** The offset of the first character of the line that holds `at`. */
export function startOfLine(text: string, at: number): number {
  let offset = at;
  while (offset > 0 && text.charCodeAt(offset - 1) !== 10 && text.charCodeAt(offset - 1) !== 13) offset -= 1;
  return offset;
}

/** The offset behind the line end that follows `at`, or the text's end. */
export function nextLine(text: string, at: number): number {
  let offset = endOfLine(text, at, text.length);
  if (text.charCodeAt(offset) === 13) offset += 1;
  if (text.charCodeAt(offset) === 10) offset += 1;
  return offset;
}

/** Tells whether a place lies in a comment, as far as its line shows: a text that began on an earlier line is not looked at. */
export function isInComment(text: string, at: number): boolean {
  let quote = 0;
  for (let offset = startOfLine(text, at); offset < at; offset += 1) {
    const code = text.charCodeAt(offset);
    if (quote !== 0) {
      const escapes = quote === 34 ? code === 92 : code === 39 && text.charCodeAt(offset + 1) === 39;
      if (escapes) offset += 1;
      else if (code === quote) quote = 0;
    } else if (code === 35 && startsComment(text, offset)) return true;
    else if ((code === 34 || code === 39) && opensQuote(text.charCodeAt(offset - 1))) quote = code;
  }
  return false;
}

function startsComment(text: string, at: number): boolean {
  const before = at === 0 ? 10 : text.charCodeAt(at - 1);
  // A comma or bracket may stand right before a comment in flow style for the parser we use.
  return before === 32 || before === 9 || before === 10 || before === 13 || before === 44 || before === 0xfeff;
}

/** A quote inside a word, as in `don't`, opens nothing. */
function opensQuote(before: number): boolean {
  return Number.isNaN(before) || [32, 9, 10, 13, 44, 58, 91, 123].includes(before);
}
