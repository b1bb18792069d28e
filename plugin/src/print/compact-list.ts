import { printYaml } from "@registry-cache/core";
import type { CompactRows, More } from "./compact-rows.ts";
import { keepTexts } from "./kept-texts.ts";
import type { ListStyle } from "./live-output.ts";

/**
 * A list for machines that comes piece by piece: its items are kept as the bytes that they will be, which takes a fraction of
 * what they take as values. Nothing is printed before the last is there, so that no reader ever takes a part for the whole.
 */
export function collectList<T>(format: "json" | "yaml"): CompactRows<T> {
  const printItems = format === "json" ? jsonItems : yamlItems;
  const between = format === "json" ? ",\n" : "";
  const kept = keepTexts();
  return {
    print: ({ items, toJson }) => (items.length === 0 ? "" : printItems(items.map(toJson))),
    add(texts) {
      const some = texts.filter((it) => it !== "");
      if (some.length > 0) kept.add(some.join(between));
    },
    *render(more) {
      const [before, after] = frame(format, !kept.isEmpty, more);
      let separator = before;
      for (const text of kept.all()) {
        yield separator;
        yield text;
        separator = between;
      }
      yield kept.isEmpty ? before + after : after;
    },
  };
}

/** In what form a list can be kept so, if in any: to sort it, or to walk it by a template, takes its items. */
export function listFormat({ format, sortBy }: ListStyle): "json" | "yaml" | undefined {
  return sortBy === undefined && (format === "json" || format === "yaml") ? format : undefined;
}

/** What stands before the items, and what behind them. */
function frame(format: "json" | "yaml", hasItems: boolean, more: More): readonly [string, string] {
  const whole = { kind: "List", items: hasItems ? [0] : [], ...more };
  const text = format === "json" ? `${JSON.stringify(whole, undefined, 4)}\n` : printYaml(whole);
  const [start, mark] = format === "json" ? ['"items": [\n', "        0"] : ["items:\n", "- 0\n"];
  if (!hasItems) return [text, ""];
  const at = text.indexOf(start + mark) + start.length;
  return [text.slice(0, at), text.slice(at + mark.length)];
}

function jsonItems(items: readonly object[]): string {
  // No string of JSON has a line break, so each one may be indented.
  return items.map((it) => JSON.stringify(it, undefined, 4).replace(/^/gm, " ".repeat(8))).join(",\n");
}

function yamlItems(items: readonly object[]): string {
  const text = printYaml({ items });
  return text.slice(text.indexOf("\n") + 1);
}
