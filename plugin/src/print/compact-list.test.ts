import { expect, test } from "vitest";
import { collectList } from "./compact-list.ts";
import { renderListing } from "./live-output.ts";

const style = { template: [], headers: true, sortBy: undefined } as const;
const shared = { done: false, why: "confined" };
const items = [
  { name: "a", text: 'two\nlines and "quotes"', rollOut: shared },
  { name: "b", text: `${"long ".repeat(40)}end`, list: [], rollOut: shared },
  { name: "c", text: "", list: [{ deep: "    0" }, [1, "        0"]], none: null },
];

function listing(some: readonly object[], cannotSee: readonly { what: string; why: string }[] = []) {
  return {
    items: some,
    toJson: (it: object) => it,
    nameOf: () => "",
    headers: () => [],
    row: () => [],
    more: { cannotSee },
  };
}

test.each(["json", "yaml"] as const)("a list in %s that comes in pieces is what it is in one", (format) => {
  for (const cannotSee of [[], [{ what: "Secrets", why: "forbidden" }]])
    for (const pieces of [[], [[]], [items], [items.slice(0, 1), [], items.slice(1)]]) {
      const list = collectList<object>(format);
      list.add(pieces.map((it) => list.print(listing(it))));
      expect([...list.render({ cannotSee })].join("")).toBe(
        renderListing(listing(pieces.flat(), cannotSee), { ...style, format }),
      );
    }
});
