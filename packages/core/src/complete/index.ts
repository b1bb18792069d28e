import type { ManifestFile } from "../manifest/manifest.ts";
import { once } from "../text/once.ts";
import type { Span } from "../text/span.ts";
import { cursorAt } from "../yaml/cursor.ts";
import type { CompletionItem, CompletionSource, CompletionWorkspace, Site } from "./completion.ts";
import { credentialKeys } from "./credential-keys.ts";
import { danglingNames } from "./dangling-names.ts";
import { ignoreCodes } from "./ignore-codes.ts";
import { meaningOf, scalarAt } from "./meaning.ts";
import { mergedKeys } from "./merged-keys.ts";
import { apiVersions, documentHeads, kinds, newDocuments, newSettings } from "./new-documents.ts";
import {
  extensionTypes,
  newCaches,
  newExtensions,
  newItems,
  newMirrors,
  newResources,
  providerConfigs,
} from "./new-items.ts";
import { bundleReferences, credentialReferences } from "./reference-names.ts";
import { ignoredCodes, severityCodes } from "./rule-codes.ts";
import { schemaKeys } from "./schema-keys.ts";
import { schemaValues } from "./schema-values.ts";
import { secretNames } from "./secret-names.ts";
import { shootAt } from "./shoot-at.ts";
import { cacheHosts, mirrorHosts, policyHosts, remoteUrls } from "./upstream-hosts.ts";
import { writeItem } from "./write-item.ts";

/** Every source of proposals. Where two propose the same, the first is heard. */
export const completionSources: readonly CompletionSource[] = [
  newDocuments,
  newSettings,
  documentHeads,
  kinds,
  apiVersions,
  newExtensions,
  newResources,
  newCaches,
  newMirrors,
  newItems,
  providerConfigs,
  extensionTypes,
  credentialKeys,
  severityCodes,
  schemaKeys,
  credentialReferences,
  bundleReferences,
  danglingNames,
  secretNames,
  cacheHosts,
  mirrorHosts,
  policyHosts,
  remoteUrls,
  ignoredCodes,
  schemaValues,
];

/**
 * What can be written at an offset of a file, best first. The text may be half-typed or broken anywhere; never throws, proposes
 * no key that is there already, and looks at nothing but the document around the cursor.
 */
export function complete(
  file: ManifestFile,
  offset: number,
  workspace: CompletionWorkspace,
): readonly CompletionItem[] {
  const { uri, text } = file;
  const document = documentAround(file, offset);
  const { places, comment, layout } = cursorAt(text, document, offset);
  if (comment !== undefined) return inOrder(ignoreCodes({ uri, text, comment, offset, workspace }));
  const shoot = once(() => shootAt(file, offset));
  const items = places.flatMap((place) => {
    const { depth, ...meaning } = meaningOf(file, place);
    const scalarOf: Site["scalarOf"] = (key, of) =>
      scalarAt(place, of === "root" ? depth : place.path.length - (place.slot === "value" ? 1 : 0), key);
    const site: Site = { uri, offset, place, layout, ...meaning, scalarOf, shoot, workspace };
    return itemsAt(site, place.slot === "key" ? presentKeys(file, document, site) : new Set());
  });
  return inOrder(items);
}

function inOrder(items: readonly CompletionItem[]): readonly CompletionItem[] {
  return [...items].sort((a, b) => compare(a.sortText ?? "", b.sortText ?? ""));
}

function itemsAt(site: Site, present: ReadonlySet<string>): CompletionItem[] {
  const items: CompletionItem[] = [];
  const told = new Set(present);
  for (const { slot, kind, fields, items: offersAt } of completionSources) {
    if (slot !== site.place.slot || (kind !== undefined && kind !== site.kind)) continue;
    if (fields !== undefined && !fields.includes(site.field)) continue;
    for (const offer of offersAt(site)) {
      if (told.has(offer.label)) continue;
      told.add(offer.label);
      items.push(writeItem(site, offer, items.length));
    }
  }
  return items;
}

function presentKeys(file: ManifestFile, document: Span, { place }: Site): ReadonlySet<string> {
  const keys = place.levels[place.path.length] ?? [];
  const names = new Set(keys.map((it) => it.name));
  const merge = keys.find((it) => it.name === "<<");
  if (merge !== undefined) for (const name of mergedKeys(file, document, merge.span.start)) names.add(name);
  return names;
}

/** A document that holds nothing is none for its reader, but a place to write one. */
function documentAround({ text, documents }: ManifestFile, offset: number): Span {
  const index = documents.findLastIndex((it) => it.span.start <= offset);
  const span = documents[index]?.span;
  const start = span?.start ?? 0;
  return { start, end: documents[index + 1]?.span.start ?? text.length };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
