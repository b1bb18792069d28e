import type { Workspace } from "../analyze/open-workspace.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import type { Secret } from "../manifest/secret.ts";
import type { Shoot } from "../manifest/shoot.ts";
import { unusedEntries } from "../rules/entry-usage.ts";
import { namedEntries } from "../rules/shoot-references.ts";
import type { Span } from "../text/span.ts";
import type { Place } from "../workspace/finding.ts";
import type { Purpose, Reference } from "../workspace/workspace.ts";
import { placeOf } from "../workspace/written-name.ts";

/** A line above a name that says who uses it, with the places that do. */
export interface CodeLens {
  readonly span: Span;
  readonly title: string;
  readonly places: readonly Place[];
}

/** Says of each Secret and each entry of spec.resources who uses it. Of a Secret that is none of ours, nothing is said. */
export function codeLenses(file: ManifestFile, workspace: Workspace): readonly CodeLens[] {
  return file.documents
    .flatMap(({ shoots, secrets }) => [
      ...shoots.flatMap(entryLenses),
      ...secrets.flatMap((it) => secretLens(it, workspace)),
    ])
    .sort((a, b) => a.span.start - b.span.start);
}

function entryLenses(shoot: Shoot): readonly CodeLens[] {
  const unused = new Set(unusedEntries(shoot));
  const named = namedEntries(shoot);
  return shoot.resources.flatMap((entry): readonly CodeLens[] => {
    if (entry.name === undefined) return [];
    const span = placeOf(entry.name);
    const users = named.filter((it) => it.entry === entry);
    const places = users.map(({ name }) => ({ uri: shoot.uri, span: placeOf(name) }));
    const purposes = users.map((it): Purpose => (it.webhook === "registry-cache" ? "credentials" : "ca-bundle"));
    if (users.length > 0) return [{ span, title: `used by ${countUsers(purposes)}`, places }];
    return unused.has(entry) ? [{ span, title: "unused", places: [] }] : [];
  });
}

function secretLens(
  { uri, name, namespace, nameSpan, nameWritten }: Secret,
  { garden }: Workspace,
): readonly CodeLens[] {
  const users = garden.referencesTo({ name, namespace });
  const span = nameWritten ? placeOf(nameWritten) : nameSpan;
  if (users.length > 0) {
    const count = countShoots(users);
    const title = `used by ${countUsers(users.map((it) => it.purpose))} in ${count} ${count === 1 ? "Shoot" : "Shoots"}`;
    return [{ span, title, places: users.map((it) => ({ uri: it.uri, span: it.span })) }];
  }
  const known = garden.manifestsOf(name, namespace).find((it) => it.uri === uri);
  return known?.looksLike === undefined ? [] : [{ span, title: "unused", places: [] }];
}

function countUsers(purposes: readonly Purpose[]): string {
  const caches = purposes.filter((it) => it === "credentials").length;
  const mirrors = purposes.length - caches;
  return [
    ...(caches > 0 ? [`${caches} ${caches === 1 ? "cache" : "caches"}`] : []),
    ...(mirrors > 0 ? [`${mirrors} ${mirrors === 1 ? "mirror" : "mirrors"}`] : []),
  ].join(" and ");
}

function countShoots(users: readonly Reference[]): number {
  return new Set(users.map(({ uri, namespace, shootName }) => JSON.stringify([uri, namespace, shootName]))).size;
}
