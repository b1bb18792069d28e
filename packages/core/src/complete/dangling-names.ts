import type { CompletionSource } from "./completion.ts";
import { usedBy, usesOf } from "./shoot-uses.ts";
import { fixed } from "./template.ts";

/** The names that caches and mirrors ask of spec.resources and that no entry has yet. */
export const danglingNames: CompletionSource = {
  slot: "value",
  kind: "shoot",
  fields: ["spec.resources[].name"],
  *items(site) {
    const shoot = site.shoot();
    if (shoot === undefined) return;
    const { start } = site.place.replace;
    const declared = shoot.resources.flatMap(({ name }) => (name && name.span.start !== start ? [name.value] : []));
    const missing = usesOf(shoot).filter((it) => !declared.includes(it.name));
    for (const name of new Set(missing.map((it) => it.name))) {
      const detail = usedBy(missing.filter((it) => it.name === name));
      yield { label: name, kind: "reference", detail, write: fixed(name), rank: 1 };
    }
  },
};
