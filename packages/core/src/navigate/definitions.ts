import type { Workspace } from "../analyze/open-workspace.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import type { Span } from "../text/span.ts";
import { placeOf } from "../workspace/written-name.ts";
import { pathAt } from "../yaml/path-at.ts";
import { documentAt } from "./document-at.ts";
import { type EntryUse, type NameUse, namesAt, textSpan } from "./names.ts";
import { secretPlaces } from "./secret-uses.ts";

/** What a place refers to. */
export interface Definition {
  /** The text that refers. */
  readonly origin: Span;
  readonly uri: string;
  /** The whole that is meant, such as an entry of spec.resources; as much of it as is known. */
  readonly span: Span;
  readonly nameSpan: Span;
}

/**
 * Where a name is declared: that of an entry in spec.resources, that of a Secret in each manifest that stands for one.
 * Any other alias leads to its anchor.
 */
export function definitions(file: ManifestFile, offset: number, workspace: Workspace): readonly Definition[] {
  const names = namesAt(file, offset);
  const [first] = names;
  if (first === undefined) return aliasDefinition(file, offset);
  const origin = textSpan(file.text, first.name);
  const found = names.flatMap((it) => targetsOf(file, it, workspace));
  return withoutRepeats(found).map((it) => ({ origin, ...it }));
}

type Target = Omit<Definition, "origin">;

function targetsOf(file: ManifestFile, use: NameUse, workspace: Workspace): readonly Target[] {
  if (use.of === "entry") return entryTargets(use);
  const secret = { name: use.name.name, namespace: use.namespace };
  return secretPlaces(file, secret, workspace).flatMap(({ uri, name, form }) => {
    const nameSpan = placeOf(name);
    return form === undefined ? [] : [{ uri, span: nameSpan, nameSpan }];
  });
}

function entryTargets({ shoot, name }: EntryUse): readonly Target[] {
  return shoot.resources.flatMap(({ name: declared, span }) => {
    if (declared?.value !== name.name) return [];
    const nameSpan = placeOf(declared);
    return [{ uri: shoot.uri, span: holds(span, nameSpan) ? span : nameSpan, nameSpan }];
  });
}

function aliasDefinition(file: ManifestFile, offset: number): readonly Definition[] {
  const step = pathAt(documentAt(file, offset)?.root ?? nothing, offset).at(-1);
  if (step === undefined) return [];
  const { value, alias } = step.kind === "entry" ? step.entry : step.item;
  // An alias to nothing stands for an empty value right behind it.
  if (alias === undefined || value.span.start >= alias.start) return [];
  return [{ origin: alias, uri: file.uri, span: value.span, nameSpan: value.span }];
}

const nothing = { type: "seq", span: { start: 0, end: 0 }, flow: false, items: [] } as const;

/** An entry that a merge or an alias puts in the list has its name written elsewhere. */
function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function withoutRepeats(targets: readonly Target[]): readonly Target[] {
  return targets.filter((it, index) => {
    return targets.findIndex((of) => of.uri === it.uri && of.nameSpan.start === it.nameSpan.start) === index;
  });
}
