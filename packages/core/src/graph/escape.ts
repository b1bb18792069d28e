/** Writes text into XML, between tags or within double quotes; what XML cannot hold becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text.replace(notXml, "\ufffd").replace(/[&<>"']/g, (it) => entities[it] ?? it);
}

/** Writes a string of Graphviz's language, on one line; its entities are text, too. */
export function quoteDot(text: string): string {
  const plain = text.replace(notXml, "\ufffd").replaceAll("&", "&amp;");
  return `"${plain
    .replace(/[\\"]/g, "\\$&")
    .replace(/\r\n?|\n/g, "\\n")
    .replaceAll("\t", " ")}"`;
}

/** Writes text of a Mermaid node. All that could end it or mean something is written as the number of its character. */
export function escapeMermaid(text: string): string {
  const plain = text.replace(notXml, "\ufffd").replace(/\s+/g, " ");
  return plain.replace(/[^\p{L}\p{N} ._/:@+,·…=-]/gu, (it) => `#${it.codePointAt(0)};`);
}

// Control characters, half surrogates and what is no character at all.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const notXml = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Cs}\ufffe\uffff]/gu;

const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
