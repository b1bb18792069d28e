import type { Answer } from "./call-server.ts";

/** What no two servers have in common: identities, versions and moments. */
const volatile = ["uid", "resourceVersion", "creationTimestamp", "deletionTimestamp", "continue"];

/** An answer without what differs from server to server; what is left out is named where it was. */
export function toNormal({ status, warning, body }: Answer): object {
  return { status, ...(warning && { warning }), body: body.map(strip) };
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value === "string") return stripText(value);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([name, it]) => it !== null && !isOwnMatter(name, value));
  return Object.fromEntries(fields.map(([name, it]) => [name, volatile.includes(name) ? `<${name}>` : strip(it)]));
}

/** Who wrote which field the server in memory tells nobody; which columns a table has is each server's own matter. */
function isOwnMatter(name: string, { kind }: { readonly kind?: unknown }): boolean {
  return name === "managedFields" || name === "cells" || (name === "columnDefinitions" && kind === "Table");
}

function stripText(text: string): string {
  return (
    text
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<uid>")
      .replace(/(?<=resource version: )\d+ \(\d+\)/g, "<version>")
      .replace(/(?<=\()\d+(?=\))/g, "<number>")
      // What Go's parser of JSON says is its own.
      .replace(/(?<=continue key is not valid|error decoding patch)(?!: json: cannot).*$/, "")
  );
}
