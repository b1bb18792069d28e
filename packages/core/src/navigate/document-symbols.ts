import type { ManifestFile } from "../manifest/manifest.ts";
import type { Secret } from "../manifest/secret.ts";
import type { Shoot } from "../manifest/shoot.ts";
import { maskCredentials } from "../rules/mask-credentials.ts";
import type { Span } from "../text/span.ts";
import { entryOf, type MapNode, type Node } from "../yaml/node.ts";
import { isSettings } from "./field-at.ts";

/** What a symbol is. */
export type SymbolKind = "shoot" | "cache" | "mirror" | "resource" | "secret" | "list" | "key";

/** Something of a file that has a name. Its children lie within its span, and its name too. */
export interface DocumentSymbol {
  readonly name: string;
  readonly detail?: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly DocumentSymbol[];
}

/** The Shoots of a file with their caches, mirrors and resources, its Secrets with their keys, or the keys of a settings file. */
export function documentSymbols(file: ManifestFile): readonly DocumentSymbol[] {
  if (isSettings(file)) return settingsSymbols(file);
  return file.documents
    .flatMap(({ shoots, secrets }) => [...shoots.map(shootSymbol), ...secrets.map(secretSymbol)])
    .sort((a, b) => a.span.start - b.span.start);
}

function shootSymbol(shoot: Shoot): DocumentSymbol {
  const { root, name, namespace, registryCache, registryMirror, resources } = shoot;
  const spec = entryOf(root, "spec")?.value;
  const caches = (registryCache?.caches ?? []).map(({ upstream, secretReferenceName, span }) =>
    symbol({ name: shown(upstream?.value), named: upstream, detail: secretReferenceName?.value, kind: "cache", span }),
  );
  const mirrors = (registryMirror?.mirrors ?? []).map(({ upstream, hosts, span }) => {
    const detail = hosts.map((it) => maskCredentials(it.host?.value ?? "")).join(", ");
    return symbol({ name: shown(upstream?.value), named: upstream, detail, kind: "mirror", span });
  });
  const entries = resources.map((it) =>
    symbol({ name: it.name?.value, named: it.name, detail: it.target?.value, kind: "resource", span: it.span }),
  );
  const lists = [
    list(registryCache?.providerConfig?.value, "caches", caches),
    list(registryMirror?.providerConfig?.value, "mirrors", mirrors),
    list(spec, "resources", entries),
  ];
  const children = lists.flatMap((it) => it ?? []).sort((a, b) => a.span.start - b.span.start);
  return symbol({ name: name?.value, named: name, detail: namespace?.value, kind: "shoot", span: root.span, children });
}

function shown(upstream: string | undefined): string | undefined {
  return upstream && maskCredentials(upstream);
}

function list(
  parent: Node | undefined,
  field: string,
  children: readonly DocumentSymbol[],
): DocumentSymbol | undefined {
  const entry = entryOf(parent, field);
  if (entry === undefined || entry.alias !== undefined || children.length === 0) return undefined;
  return symbol({ name: field, named: entry.key, kind: "list", span: entry.span, children });
}

function secretSymbol({ name, nameSpan, form, own, entries }: Secret): DocumentSymbol {
  const keys = entries.map((it) =>
    symbol({ name: it.key, named: { span: it.keySpan }, kind: "key", span: it.keySpan }),
  );
  const detail = form === "Secret" ? undefined : form;
  return symbol({ name, named: { span: nameSpan }, detail, kind: "secret", span: own.span, children: keys });
}

function settingsSymbols({ documents: [first] }: ManifestFile): readonly DocumentSymbol[] {
  return first?.root?.type === "map" ? keySymbols(first.root) : [];
}

function keySymbols(map: MapNode): readonly DocumentSymbol[] {
  return map.written.map(({ name, key, value, alias, span }) => {
    const children = value.type === "map" && alias === undefined ? keySymbols(value) : [];
    return symbol({ name, named: key, kind: "key", span, children });
  });
}

interface Parts {
  readonly name: string | undefined;
  /** Where the name is written. */
  readonly named: { readonly span: Span } | undefined;
  readonly detail?: string | undefined;
  readonly kind: SymbolKind;
  readonly span: Span;
  readonly children?: readonly DocumentSymbol[];
}

/** What an anchor or a merge key brings from elsewhere lies outside: a name then gives way to the beginning, a child is left out. */
function symbol({ name, named, detail, kind, span, children = [] }: Parts): DocumentSymbol {
  const nameSpan = named && holds(span, named.span) ? named.span : { start: span.start, end: span.start };
  return {
    name: name === undefined || name === "" ? `${kind} without a name` : name,
    ...(detail === undefined || detail === "" ? {} : { detail }),
    kind,
    span,
    nameSpan,
    children: children.filter((it) => holds(span, it.span)),
  };
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
