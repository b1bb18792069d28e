/** So many characters of a secret in a row give it away. */
const piece = 6;

/** A text that a program printed, or nothing where it repeats a piece of a secret, as it is or in base64. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((it) => [it, Buffer.from(it, "utf8").toString("base64")]);
  return forms.some((it) => sharesPiece(text, it)) ? "" : text;
}

function sharesPiece(text: string, secret: string): boolean {
  if (secret === "") return false;
  if (secret.length <= piece) return text.includes(secret);
  for (let start = 0; start + piece <= secret.length; start += 1)
    if (text.includes(secret.slice(start, start + piece))) return true;
  return false;
}
