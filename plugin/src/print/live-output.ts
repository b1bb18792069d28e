import { printYaml } from "@registry-cache/core";
import type { Unseen } from "@registry-cache/operations";
import { CliError } from "../cli-error.ts";
import type { FlagValues } from "../command-line.ts";
import { findAll, order, renderTemplate } from "./jsonpath/evaluate.ts";
import { parsePath, parseTemplate } from "./jsonpath/parse.ts";
import { type Part, type Step, TemplateError } from "./jsonpath/template.ts";
import { printable } from "./printable.ts";
import { renderTable, widthsOf } from "./table.ts";

/** How a list is to be printed. */
export interface ListStyle {
  readonly format: "table" | "wide" | "json" | "yaml" | "name" | "jsonpath";
  readonly template: readonly Part[];
  readonly headers: boolean;
  readonly sortBy: readonly Step[] | undefined;
}

/** A list and the ways to show its items. */
export interface Listing<T> {
  readonly items: readonly T[];
  /** What machines get of an item. */
  readonly toJson: (item: T) => object;
  /** Such as `secret/quay-v1`. */
  readonly nameOf: (item: T) => string;
  readonly headers: (wide: boolean) => readonly string[];
  readonly row: (item: T, wide: boolean) => readonly string[];
  /** What machines get beside the items. */
  readonly more: { readonly cannotSee: readonly Unseen[]; readonly [field: string]: unknown };
}

/** Reads how to print a list. */
export function readListStyle(flags: FlagValues): ListStyle {
  const { output, "no-headers": noHeaders, "sort-by": sortBy } = flags;
  const format = typeof output === "string" ? output : "table";
  const template = format.startsWith("jsonpath=") ? format.slice("jsonpath=".length) : undefined;
  return {
    format: template === undefined ? readFormat(format) : "jsonpath",
    template: template === undefined ? [] : explained(() => parseTemplate(template), `-o jsonpath="${template}"`),
    headers: noHeaders !== true,
    sortBy: typeof sortBy === "string" ? explained(() => parsePath(sortBy), `--sort-by "${sortBy}"`) : undefined,
  };
}

function readFormat(format: string): ListStyle["format"] {
  const known = (["table", "wide", "json", "yaml", "name"] as const).find((it) => it === format);
  if (known === undefined)
    throw new CliError(`-o takes json, yaml, name, wide or jsonpath=TEMPLATE, not "${printable(format)}"`);
  return known;
}

function explained<T>(read: () => T, flag: string): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof TemplateError ? new CliError(`${printable(flag)} ${printable(error.message)}`) : error;
  }
}

/** Prints a list. */
export function renderListing<T>(listing: Listing<T>, style: ListStyle): string {
  const items = sorted(listing, style);
  const { more, toJson, nameOf } = listing;
  const whole = (): object => ({ kind: "List", items: items.map(toJson), ...more });
  switch (style.format) {
    case "json":
      return `${JSON.stringify(whole(), undefined, 4)}\n`;
    case "yaml":
      return printYaml(whole());
    case "jsonpath":
      return renderTemplate(style.template, whole());
    case "name":
      return items.map((it) => `${printable(nameOf(it))}\n`).join("");
    case "table":
    case "wide":
      return renderRows(listing, items, style);
  }
}

function renderRows<T>(listing: Listing<T>, items: readonly T[], { format, headers }: ListStyle): string {
  const rows = rowsOf(listing, items, format);
  return rows.length === 0 ? "" : renderTable(headers ? [listing.headers(format === "wide"), ...rows] : rows);
}

/** The cells of a table's rows. */
export function rowsOf<T>(
  { row }: Pick<Listing<T>, "row">,
  items: readonly T[],
  format: ListStyle["format"],
): readonly (readonly string[])[] {
  return items.map((it) => row(it, format === "wide").map(printable));
}

/** Prints a list that goes on: a table keeps its columns, and machines get each item by itself. */
export function openStream(style: ListStyle): <T>(listing: Listing<T>) => string {
  let widths: readonly number[] | undefined;
  return (listing) => {
    const { format } = style;
    if (format === "json")
      return listing.items.map((it) => `${JSON.stringify(listing.toJson(it), undefined, 4)}\n`).join("");
    if (format === "yaml") return listing.items.map((it) => `---\n${printYaml(listing.toJson(it))}`).join("");
    if (format === "jsonpath")
      return listing.items.map((it) => renderTemplate(style.template, listing.toJson(it))).join("");
    if (format === "name") return renderListing(listing, style);
    const rows = rowsOf(listing, sorted(listing, style), format);
    const header = listing.headers(format === "wide");
    if (rows.length === 0) return "";
    const shown = widths === undefined && style.headers ? [header, ...rows] : rows;
    widths ??= widthsOf([header, ...rows]);
    return renderTable(shown, widths);
  };
}

function sorted<T>({ items, toJson }: Listing<T>, { sortBy }: ListStyle): readonly T[] {
  if (sortBy === undefined) return items;
  const keyed = items.map((item) => ({ item, key: findAll(sortBy, toJson(item))[0] }));
  if (items.length > 0 && keyed.every((it) => it.key === undefined))
    throw new CliError("--sort-by names a field that no item has");
  // What lacks the field comes first, as in kubectl.
  return keyed
    .toSorted((a, b) => Number(a.key !== undefined) - Number(b.key !== undefined) || order(a.key, b.key))
    .map((it) => it.item);
}
