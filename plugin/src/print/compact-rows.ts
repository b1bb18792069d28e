import { type Listing, type ListStyle, rowsOf } from "./live-output.ts";
import { printable } from "./printable.ts";
import { renderTable, widthsOf } from "./table.ts";

/** The rows of a list that comes piece by piece: kept as bytes, and printed when the last is there, for then the widths are known. */
export interface CompactRows<T> {
  add(listing: Listing<T>): void;
  /** The text, in pieces. */
  render(more: More): Iterable<string>;
}

/** What machines get beside the items. */
export type More = Listing<unknown>["more"];

/** Tells whether a list can be kept so: what is sorted or printed as one value needs its items. */
export function isCompact({ format, sortBy }: ListStyle): boolean {
  return sortBy === undefined && (format === "table" || format === "wide" || format === "name");
}

/** No rows yet. */
export function collectRows<T>({ format, headers }: ListStyle): CompactRows<T> {
  const blocks: Buffer[] = [];
  let head: readonly string[] | undefined;
  let widths: readonly number[] = [];
  return {
    add(listing) {
      const wide = format === "wide";
      const name = format === "name";
      const rows = name
        ? listing.items.map((it) => [printable(listing.nameOf(it))])
        : rowsOf(listing, listing.items, format);
      if (rows.length === 0) return;
      head ??= headers && !name ? listing.headers(wide) : undefined;
      widths = larger(widths, widthsOf(head === undefined ? rows : [head, ...rows]));
      blocks.push(Buffer.from(rows.map((row) => row.join(cellEnd)).join("\n")));
    },
    *render() {
      if (head !== undefined) yield renderTable([head], widths);
      for (const block of blocks) {
        const rows = block
          .toString()
          .split("\n")
          .map((it) => it.split(cellEnd));
        yield format === "name" ? rows.map((it) => `${it[0]}\n`).join("") : renderTable(rows, widths);
      }
    },
  };
}

/** No cell has it: what a terminal would not print is escaped by then. */
const cellEnd = "\u0000";

function larger(a: readonly number[], b: readonly number[]): readonly number[] {
  return b.map((width, column) => Math.max(width, a[column] ?? 0));
}
