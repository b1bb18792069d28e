import { keepTexts } from "./kept-texts.ts";
import { type Listing, type ListStyle, rowsOf } from "./live-output.ts";
import { printable, widthOf } from "./printable.ts";
import { renderTable, widthsOf } from "./table.ts";

/** The rows of a list that comes piece by piece: kept as bytes, and printed when the last is there, for then the widths are known. */
export interface CompactRows<T> {
  /** The rows of a piece as one text, empty where it has none; changes nothing. */
  print(listing: Listing<T>): string;
  /** Adds such texts. */
  add(texts: readonly string[]): void;
  /** The text, in pieces. */
  render(more: More): Iterable<string>;
}

/** What machines get beside the items. */
export type More = Listing<unknown>["more"];

/** Tells whether a list can be kept so: what is sorted or printed as one value needs its items. */
export function isCompact({ format, sortBy }: ListStyle): boolean {
  return sortBy === undefined && (format === "table" || format === "wide" || format === "name");
}

/** No rows yet. Their table has these headers. */
export function collectRows<T>({ format, headers }: ListStyle, headersOf: Listing<T>["headers"]): CompactRows<T> {
  const kept = keepTexts();
  const head = headers && format !== "name" ? headersOf(format === "wide") : undefined;
  let widths = head === undefined ? [] : widthsOf([head]);
  return {
    print: (listing) =>
      format === "name"
        ? listing.items.map((it) => printable(listing.nameOf(it))).join(rowEnd)
        : rowsOf(listing, listing.items, format)
            .map((row) => row.join(cellEnd))
            .join(rowEnd),
    add(texts) {
      const text = texts.filter((it) => it !== "").join(rowEnd);
      if (text === "") return;
      for (const row of text.split(rowEnd)) widths = larger(widths, row.split(cellEnd).map(widthOf));
      kept.add(text);
    },
    *render() {
      if (head !== undefined && !kept.isEmpty) yield renderTable([head], widths);
      // Row by row: the cells of many rows at once would outlive the small collections.
      for (const text of kept.all())
        for (const row of text.split(rowEnd))
          yield format === "name" ? `${row}\n` : renderTable([row.split(cellEnd)], widths);
    },
  };
}

/** No cell has it: what a terminal would not print is escaped by then. */
const cellEnd = "\u0000";
const rowEnd = "\n";

function larger(a: readonly number[], b: readonly number[]): readonly number[] {
  return b.map((width, column) => Math.max(width, a[column] ?? 0));
}
