import { widthOf } from "./printable.ts";

/** A table as kubectl prints it: columns with three blanks between them. `widths` are those of rows that came before. */
export function renderTable(rows: readonly (readonly string[])[], widths: readonly number[] = widthsOf(rows)): string {
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)) + 3))
        .join("")
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** How wide the columns of a table are. */
export function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  return (rows[0] ?? []).map((_, column) => rows.reduce((most, row) => Math.max(most, widthOf(row[column] ?? "")), 0));
}
