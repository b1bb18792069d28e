import type { Edit } from "../text/edit.ts";
import { followsQuotedKey, skipBack } from "./layout.ts";
import { renderScalar } from "./literal.ts";
import type { ScalarNode } from "./node.ts";
import { quoteScalar } from "./quote-scalar.ts";

/**
 * Writes another value in place of a scalar, in the quotes it has; an anchor or tag before it stays.
 * A block scalar becomes a quoted one, an empty one is filled in. Behind a JSON key a string gets double quotes.
 */
export function replaceScalar(text: string, node: ScalarNode, value: string | number | boolean): Edit {
  const { span, style } = node;
  const json = followsQuotedKey(text, span.start);
  const quoted = style === "single" || style === "double" || style === "plain";
  const written =
    typeof value === "string" && !(json && style !== "single")
      ? quoteScalar(value, quoted ? style : "plain")
      : renderScalar(value, json);
  return { span, text: style === "empty" ? separated(text, span.start, written) : written };
}

/** Removes the line breaks at the end of a scalar's value; of a block scalar only the indicator changes, from `|` to `|-`. */
export function stripFinalNewlines(text: string, node: ScalarNode): Edit {
  if (node.style !== "literal" && node.style !== "folded") {
    return replaceScalar(text, node, node.text.replace(/[\r\n]+$/, ""));
  }
  const indicator = /^[|>]([1-9]?)[-+]?([1-9]?)/.exec(text.slice(node.span.start, node.span.start + 3));
  const end = node.span.start + (indicator?.[0].length ?? 1);
  const width = `${indicator?.[1] ?? ""}${indicator?.[2] ?? ""}`;
  return { span: { start: node.span.start + 1, end }, text: `${width}-` };
}

function separated(text: string, at: number, written: string): string {
  if (text[skipBack(text, at) - 1] === ":" || text[at - 1] === "-") return ` ${written}`;
  // In `{ key }` and `{ key, other }` not even the colon is written; an anchor or a tag may stand behind one.
  const hasProperty = /(?:^|[\s:[{,])[&!][^\s,[\]{}]*$/.test(text.slice(Math.max(0, at - 300), at));
  return hasProperty ? ` ${written}` : `: ${written}`;
}
