import { rules } from "../rules/index.ts";
import type { CompletionSource, Offer } from "./completion.ts";
import { fixed, hole, type Template } from "./template.ts";

/** Codes and names of all rules, for the lists of a settings file. */
export const ignoredCodes: CompletionSource = {
  slot: "value",
  kind: "settings",
  fields: ["ignores[].codes[]"],
  items: () => codeOffers(fixed),
};

/** Codes and names of all rules, as the keys that give a severity. */
export const severityCodes: CompletionSource = {
  slot: "key",
  kind: "settings",
  fields: ["severities"],
  items: () => codeOffers(() => hole("error", "warning", "info", "off")),
};

/** An offer for each rule by its code, and one by its name; `write` says what follows a word. */
export function* codeOffers(write: (word: string) => Template): Iterable<Offer> {
  for (const { code, name, docs } of rules) {
    yield { label: code, kind: "reference", detail: name, documentation: docs.summary, write: write(code), rank: 2 };
  }
  for (const { code, name, docs } of rules) {
    yield { label: name, kind: "reference", detail: code, documentation: docs.summary, write: write(name), rank: 3 };
  }
}
