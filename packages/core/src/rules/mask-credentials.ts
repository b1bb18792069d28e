/** A URL or host as it may be shown: without user information and query, which hold secrets. */
export function maskCredentials(url: string): string {
  const masked = url.includes("@") ? url.replace(/^([^:/@]*:\/\/)?.*@/s, "$1...@") : url;
  return masked.replace(/\?.+/s, "?...");
}
