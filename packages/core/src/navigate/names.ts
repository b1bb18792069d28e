import { aliasesIn, writtenName } from "../analyze/aliases-in.ts";
import type { Located } from "../manifest/located.ts";
import type { ManifestDocument, ManifestFile } from "../manifest/manifest.ts";
import type { Secret } from "../manifest/secret.ts";
import { secretMentions } from "../manifest/secret-mentions.ts";
import type { Shoot } from "../manifest/shoot.ts";
import { namedEntries } from "../rules/shoot-references.ts";
import type { Span } from "../text/span.ts";
import { placeOf, type WrittenName } from "../workspace/written-name.ts";
import { touches } from "../yaml/path-at.ts";
import { foreignNames } from "./foreign-names.ts";

/** A place of the open file where a name of the chain stands. */
export type NameUse = EntryUse | SecretUse;

/** The name of an entry of spec.resources: in the entry, in a cache or a mirror, or in what seems to mean it. */
export interface EntryUse {
  readonly of: "entry";
  readonly name: WrittenName;
  /** The path of the field. */
  readonly field: string;
  readonly shoot: Shoot;
  /** `foreign` is a text in another extension's configuration that is equal to the entry's name. */
  readonly as: "declaration" | "use" | "foreign";
}

/** The name of a Secret: in its manifest, or in a Shoot. */
export interface SecretUse {
  readonly of: "secret";
  readonly name: WrittenName;
  readonly field: string;
  readonly namespace: string | undefined;
  readonly as: "declaration" | "use";
  /** The manifest that gives the Secret its name. */
  readonly secret?: Secret;
}

/** All names of the chain in a file, in the order of the text for each document. */
export function namesIn(file: ManifestFile): readonly NameUse[] {
  return file.documents.flatMap(namesOf);
}

/** The names that stand at a place: one for each Shoot and each namespace, as objects may share a text by anchors. */
export function namesAt(file: ManifestFile, offset: number): readonly NameUse[] {
  const names = namesIn(file);
  const here = names.filter((it) => touches(placeOf(it.name), offset));
  // A text that only aliases use, such as one kept in an annotation, stands for each of them.
  const found = here.length > 0 ? here : names.filter((it) => touches(it.name.span, offset));
  const known = found.filter((it) => it.as !== "foreign");
  const [first] = known.length > 0 ? known : found;
  if (first === undefined) return [];
  // A text that a thousand caches merge would else be looked up a thousand times.
  const alike = found.filter((it) => it.of === first.of && it.name.name === first.name.name);
  return [...new Map(alike.toReversed().map((it) => [ownerOf(it), it])).values()].reverse();
}

function ownerOf(use: NameUse): unknown {
  return use.of === "entry" ? use.shoot.root : use.namespace;
}

/** The names of a Shoot's entry in its file. */
export function usesOfEntry(file: ManifestFile, { shoot, name }: EntryUse): readonly EntryUse[] {
  return namesIn(file).flatMap((it) =>
    it.of === "entry" && it.shoot.root === shoot.root && it.name.name === name.name ? [it] : [],
  );
}

/** The text of a name without its quotes, where it has some. */
export function textSpan(text: string, { name, span, alias }: WrittenName): Span {
  if (alias !== undefined) return alias;
  const inner = { start: span.start + 1, end: span.end - 1 };
  return text.slice(inner.start, inner.end) === name ? inner : span;
}

function namesOf(document: ManifestDocument): readonly NameUse[] {
  const aliasesOf = aliasesIn(document);
  const write = (it: Located<string>): WrittenName => writtenName(it, aliasesOf);
  const ofShoots = document.shoots.flatMap((shoot): readonly NameUse[] => {
    const entries = shoot.resources.flatMap((it) => (it.name ? [it.name] : []));
    const declared = new Set(entries.map((it) => it.value));
    const namespace = shoot.namespace?.value;
    return [
      ...namedEntries(shoot).map(({ name: it }) => toEntryUse(shoot, write(it), it.path, "use")),
      ...entries.map((it) => toEntryUse(shoot, write(it), it.path, "declaration")),
      ...foreignNames(shoot, declared).map((it) => toEntryUse(shoot, write(it), it.path, "foreign")),
      ...secretMentions(shoot).map((it): SecretUse => {
        return { of: "secret", name: write(it), field: it.path, namespace, as: "use" };
      }),
    ];
  });
  const ofSecrets = document.secrets.flatMap((secret): readonly SecretUse[] => {
    const { nameWritten: it, namespace } = secret;
    return it ? [{ of: "secret", name: write(it), field: it.path, namespace, as: "declaration", secret }] : [];
  });
  return [...ofShoots, ...ofSecrets];
}

function toEntryUse(shoot: Shoot, name: WrittenName, field: string, as: EntryUse["as"]): EntryUse {
  return { of: "entry", name, field, shoot, as };
}
