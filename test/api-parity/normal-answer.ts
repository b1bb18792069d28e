import type { Answer } from "./call-server.ts";

/** What no two servers have in common: identities, versions, moments, and who wrote which field. */
const volatile = [
  "uid",
  "resourceVersion",
  "creationTimestamp",
  "deletionTimestamp",
  "managedFields",
  "selfLink",
  "continue",
  "time",
];

/** An answer without what differs from server to server; what is left out is named where it was. */
export function toNormal({ status, warning, body }: Answer): object {
  return { status, ...(warning && { warning }), body: body.map((it) => strip(it)) };
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value === "string") return stripText(value);
  if (typeof value !== "object" || value === null) return value;
  // A null is what Go prints of what is not there.
  const entries = Object.entries(value).filter(([, it]) => it !== null);
  return Object.fromEntries(entries.map(([name, it]) => [name, volatile.includes(name) ? `<${name}>` : strip(it)]));
}

function stripText(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<uid>")
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, "<time>")
    .replace(/(?<=resource version: )\d+ \(\d+\)/g, "<version>")
    .replace(/(?<=[( ])\d+(?=[).])/g, "<number>");
}
