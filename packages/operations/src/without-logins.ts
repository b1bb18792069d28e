import { redacted } from "@registry-cache/core";

/** A text without the logins that URLs in it hold: `https://<redacted>@host`. The limit keeps a hostile text from taking minutes. */
export function withoutLogins(text: string): string {
  return text.includes("@") ? text.replace(/(:\/\/)[^\s/?#@"']{1,4000}@/g, `$1${redacted}@`) : text;
}
