import type { CursorPlace } from "../yaml/cursor-place.ts";
import { quoteScalar, toJson } from "../yaml/quote-scalar.ts";
import type { CompletionItem, Offer, Site } from "./completion.ts";
import { hasHoles, type Pen, renderEntry, renderKey, renderTemplate, type Template } from "./template.ts";

/** Writes an offer in the style of its place. */
export function writeItem({ place, layout }: Site, offer: Offer, order: number): CompletionItem {
  const { label, kind, detail, documentation, deprecated, rank = 5 } = offer;
  const snippet = place.behind === "value" && offer.write !== undefined && hasHoles(offer.write);
  const pen: Pen = { style: { layout, flow: place.flow, snippet }, stops: 0 };
  const lines = place.slot === "key" ? keyLines(pen, place, offer) : valueLines(pen, place, offer);
  const indent = layout.newline + " ".repeat(place.column);
  return {
    label,
    kind,
    insertText: place.lead + lines.join(indent),
    snippet,
    replace: place.replace,
    sortText: `${rank}${String(order).padStart(4, "0")}`,
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation }),
    // Editors compare what stands there, and that begins with the quote.
    ...(place.quote === undefined ? {} : { filterText: place.quote + label }),
    ...(deprecated === true ? { deprecated } : {}),
  };
}

function keyLines(pen: Pen, { behind }: CursorPlace, { label, write, whole }: Offer): readonly string[] {
  if (whole === true && write !== undefined) return renderTemplate(pen, write);
  const name = renderKey(pen, label);
  if (behind === "nothing") return [name];
  if (behind === "colon") return [`${name}:`];
  return write === undefined ? [`${name}: `] : renderEntry(pen, label, write);
}

function valueLines(pen: Pen, place: CursorPlace, { label, write }: Offer): readonly string[] {
  if (write?.form === "scalar" && typeof write.value === "string") return [renderString(place, write.value)];
  const template: Template = write ?? { form: "scalar", value: label };
  const isBlockItem = place.slot === "item" && place.flow === undefined;
  return renderTemplate(pen, isBlockItem ? { form: "list", items: [template] } : template);
}

/** A string keeps the quotes that it had. */
function renderString({ quote, flow }: CursorPlace, value: string): string {
  if (flow?.json) return toJson(value);
  return quoteScalar(value, quote === undefined ? "plain" : quote === '"' ? "double" : "single");
}
