import type { Workspace } from "../analyze/open-workspace.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import type { Span } from "../text/span.ts";
import type { Place } from "../workspace/finding.ts";
import { sameNamespace } from "../workspace/name-index.ts";
import { placeOf } from "../workspace/written-name.ts";
import { type NameUse, namesAt, namesIn, type SecretUse, textSpan, usesOfEntry } from "./names.ts";
import { secretPlaces } from "./secret-uses.ts";

/** One place of the open file where a name stands: written where it is declared, read elsewhere. */
export interface Highlight {
  readonly span: Span;
  readonly kind: "read" | "write";
}

/** All places that name what is named here: an entry within its Shoot, a Secret in all files. */
export function references(
  file: ManifestFile,
  offset: number,
  workspace: Workspace,
  { declaration }: { readonly declaration: boolean },
): readonly Place[] {
  const places = namesAt(file, offset).flatMap((use): readonly Place[] => {
    if (use.of === "entry") {
      const uses = usesOfEntry(file, use).filter((it) => declaration || it.as !== "declaration");
      return uses.map((it) => ({ uri: file.uri, span: textSpan(file.text, it.name) }));
    }
    const secret = { name: use.name.name, namespace: use.namespace };
    const named = secretPlaces(file, secret, workspace).filter((it) => declaration || it.form === undefined);
    return named.map((it) => {
      return { uri: it.uri, span: it.uri === file.uri ? textSpan(file.text, it.name) : placeOf(it.name) };
    });
  });
  return inOrder(places, file.uri);
}

/** The places of the open file that name what is named here. */
export function highlights(file: ManifestFile, offset: number): readonly Highlight[] {
  const found = namesAt(file, offset).flatMap((use) =>
    use.of === "entry" ? usesOfEntry(file, use) : alike(file, use),
  );
  const kinds = new Map<number, Highlight>();
  for (const { name, as } of found) {
    const span = textSpan(file.text, name);
    if (!kinds.has(span.start)) kinds.set(span.start, { span, kind: as === "declaration" ? "write" : "read" });
  }
  return [...kinds.values()].sort((a, b) => a.span.start - b.span.start);
}

/** The same name in another namespace is another Secret. */
function alike(file: ManifestFile, use: SecretUse): readonly NameUse[] {
  return namesIn(file).filter((it) => {
    return it.of === "secret" && it.name.name === use.name.name && sameNamespace(it.namespace, use.namespace);
  });
}

/** Each place once: those of the open file first, then the others' in the order of their files. */
function inOrder(places: readonly Place[], own: string): readonly Place[] {
  const once = new Map(places.map((it) => [JSON.stringify([it.uri, it.span.start]), it]));
  const uris = [...new Set([own, ...places.map((it) => it.uri)])];
  const order = new Map(uris.map((uri, index) => [uri, index]));
  const indexOf = ({ uri }: Place): number => order.get(uri) ?? 0;
  return [...once.values()].sort((a, b) => indexOf(a) - indexOf(b) || a.span.start - b.span.start);
}
