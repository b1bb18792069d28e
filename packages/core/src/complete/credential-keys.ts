import type { CompletionSource } from "./completion.ts";

/** What a Secret is for, by the keys that its data may have. */
const purposes: ReadonlyMap<string, string> = new Map([
  ["username", "upstream credentials"],
  ["password", "upstream credentials"],
  ["bundle.crt", "CA bundle of a mirror"],
]);

/** The keys that a Secret for a cache or a mirror has: one that holds both serves neither. */
export const credentialKeys: CompletionSource = {
  slot: "key",
  kind: "secret",
  fields: ["data", "stringData"],
  *items({ place, schema }) {
    const present = new Set(place.levels.at(-1)?.map((it) => purposes.get(it.name)));
    for (const [label, { description }] of Object.entries(schema?.properties ?? {})) {
      const detail = purposes.get(label);
      const isOther = [...present].some((it) => it !== undefined && it !== detail);
      if (!isOther) yield { label, kind: "property", detail, documentation: description, rank: 1 };
    }
  },
};
