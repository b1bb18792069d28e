/** Reads a URL, relative to another where there is one; null for what is none. Node 20 has no `URL.parse`. */
export function parseUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
