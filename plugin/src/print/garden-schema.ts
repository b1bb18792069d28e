import type { GardenSchema } from "@registry-cache/operations";
import { ageOf } from "./age.ts";
import { printable } from "./printable.ts";
import { plural } from "./summary.ts";
import { renderTable } from "./table.ts";

/** How the schema of a garden differs from ours. */
export function renderGardenSchema({ newer, missing, ...kept }: GardenSchema): string {
  if (newer.length + missing.length === 0) return `${headOf(kept)}It has the same fields that this program knows\n`;
  return [
    headOf(kept),
    part(newer, "only the garden knows, they are no findings"),
    part(missing, "the garden does not have, they are warnings"),
  ].join("");
}

/** A table of the schemas that are kept. */
export function renderSchemaList(schemas: readonly GardenSchema[], now: number): string {
  const rows = schemas.map((it) => [
    it.server,
    it.context,
    it.hash.slice(0, 12),
    `${it.newer.length}`,
    `${it.missing.length}`,
    ageOf(it.pulled, now),
  ]);
  return renderTable([
    ["SERVER", "CONTEXT", "HASH", "NEWER", "MISSING", "AGE"],
    ...rows.map((row) => row.map(printable)),
  ]);
}

function headOf({ server, context, pulled }: Pick<GardenSchema, "server" | "context" | "pulled">): string {
  const by = context === "" ? "" : ` (context "${printable(context)}")`;
  return `Schema of ${printable(server)}${by}, pulled ${printable(pulled)}\n`;
}

function part(paths: readonly string[], what: string): string {
  if (paths.length === 0) return "";
  return `${plural(paths.length, "field")} that ${what}:\n${paths.map((it) => `  ${printable(it)}\n`).join("")}`;
}
