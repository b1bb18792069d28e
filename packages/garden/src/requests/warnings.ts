/** The texts of `Warning` headers (RFC 7234) with code 299, the only ones that API servers send. */
export function readWarnings(header: string): readonly string[] {
  const warnings: string[] = [];
  for (const [, code, quoted = ""] of header.matchAll(/(\d{3}) \S+ ("(?:[^"\\]|\\.)*")(?: "[^"]*")?/g))
    if (code === "299") warnings.push(quoted.slice(1, -1).replace(/\\(.)/g, "$1"));
  return warnings;
}

/** Tells of each warning once, however often the server repeats it. */
export function onceEach(tell: (text: string) => void): (texts: readonly string[]) => void {
  const told = new Set<string>();
  return (texts) => {
    for (const text of texts) {
      if (told.has(text)) continue;
      told.add(text);
      tell(text);
    }
  };
}
