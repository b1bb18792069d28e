import { printable } from "@registry-cache/core";

export { printable };

/** How many columns a text takes; a tab counts as one. */
export function widthOf(text: string): number {
  // Node takes 5 ms to make its first segmenter.
  if (/^[\t -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text))
    width += isWide(segment) ? 2 : isInvisible(segment) ? 0 : 1;
  return width;
}

/** Blanks as wide as a text. A tab stays one, since only the terminal knows how wide it is. */
export function blanksFor(text: string): string {
  return text
    .split("\t")
    .map((it) => " ".repeat(widthOf(it)))
    .join("\t");
}

function isWide(segment: string): boolean {
  return /^(\p{Emoji_Presentation}|.\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}])/u.test(
    segment,
  );
}

function isInvisible(segment: string): boolean {
  return /^[\p{Mark}\p{Format}]+$/u.test(segment);
}
