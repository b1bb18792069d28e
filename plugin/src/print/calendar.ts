import type { ExpiringSecret } from "@registry-cache/operations";
import { dayOf, nameOf, unusedText } from "./secret-text.ts";

/** A calendar (RFC 5545) with a day for each credential whose end is known. */
export function renderCalendar(secrets: readonly ExpiringSecret[], now: number): string {
  const stamp = `${new Date(now * 1000).toISOString().replace(/[-:]|\.\d+/g, "")}`;
  const events = secrets.flatMap(({ secret, expiry, sight }) => {
    const day = dayOf(expiry.expiresAt)?.replaceAll("-", "");
    if (day === undefined) return [];
    const name = nameOf(secret);
    const uses = secret.uses.map((it) => it.upstream).join(", ") || unusedText(sight);
    return [
      "BEGIN:VEVENT",
      `UID:${escapeText(`${name}.${day}`)}@registry-cache-tools`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${day}`,
      `SUMMARY:${escapeText(`Credential ${name} ends`)}`,
      `DESCRIPTION:${escapeText(`Used for ${uses}. Rotate it before: kubectl registry-cache rotate ${secret.name}`)}`,
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    ];
  });
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//registry-cache-tools//expiring//EN",
    ...events,
    "END:VCALENDAR",
  ];
  return lines.map((it) => `${fold(it)}\r\n`).join("");
}

function escapeText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may stand in a calendar
  return text.replace(/[\\;,]/g, "\\$&").replace(/[\u0000-\u001f\u007f]/g, " ");
}

/** A line holds 75 bytes at most; what follows goes on the next, behind a blank. */
function fold(line: string): string {
  const parts: string[] = [];
  let part = "";
  for (const character of line) {
    if (Buffer.byteLength(part + character) > (parts.length === 0 ? 75 : 74)) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  return [...parts, part].join("\r\n ");
}
