import { defaultRemoteUrl } from "../formats/upstream-names.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import type { Mirror } from "../manifest/mirror-config.ts";
import type { Cache } from "../manifest/registry-config.ts";
import type { Secret } from "../manifest/secret.ts";
import type { Shoot } from "../manifest/shoot.ts";
import type { Span } from "../text/span.ts";
import { entryOf, fieldOf, itemsOf, type Node } from "../yaml/node.ts";

/** A few words that a text leaves out, to be shown behind an offset of it. */
export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip?: string;
}

/** The defaults of what caches, mirrors and Secrets leave out within a span, and what their names stand for; in the order of the text. */
export function inlayHints({ documents }: ManifestFile, span: Span): readonly InlayHint[] {
  const around = documents.filter((it) => it.span.start <= span.end && it.span.end >= span.start);
  const hints = around.flatMap(({ shoots, secrets, problems }) => {
    // What a broken text seems to leave out may only be unreadable.
    if (problems.some((it) => it.kind !== "duplicate-key")) return [];
    return [...shoots.flatMap(shootHints), ...secrets.flatMap(secretHints)];
  });
  const within = hints.filter((it) => it.offset >= span.start && it.offset <= span.end);
  // What several caches share by an alias is told once.
  const once = new Map(within.map((it) => [`${it.offset} ${it.label}`, it]));
  return [...once.values()].sort((a, b) => a.offset - b.offset);
}

function shootHints(shoot: Shoot): readonly InlayHint[] {
  const caches = shoot.registryCache?.caches ?? [];
  const mirrors = shoot.registryMirror?.mirrors ?? [];
  return [
    ...caches.flatMap((it) => [...cacheHints(it), ...targetHints(shoot, it.secretReferenceName)]),
    ...mirrors.flatMap((it) => mirrorHints(shoot, it)),
  ];
}

function cacheHints(cache: Cache): readonly InlayHint[] {
  const { upstream, remoteURL, garbageCollection, node } = cache;
  if (upstream === undefined) return [];
  const offset = upstream.span.end;
  const url = defaultRemoteUrl(upstream.value);
  const isRenamed = remoteURL === undefined && url !== `https://${upstream.value}`;
  const absent = [
    ...(fieldOf(node, "volume") === undefined ? ["volume.size: 10Gi"] : []),
    ...(fieldOf(node, "garbageCollection") === undefined ? ["garbageCollection.ttl: 168h"] : []),
  ];
  return [
    ...(isRenamed ? [{ offset, label: ` = ${url}`, tooltip: "Where the cache pulls from" }] : []),
    ...(absent.length > 0 ? [{ offset, label: ` ${absent.join(", ")}`, tooltip: defaults }] : []),
    ...innerDefaults.flatMap((it) => innerHint(node, it)),
    ...dayHints(garbageCollection?.ttl),
  ];
}

const defaults = "Defaults of fields that are not there";

/** What an object means by itself, without the field that would say it. */
const innerDefaults = [
  { field: "volume", name: "size", value: "10Gi", tooltip: "The default" },
  {
    field: "garbageCollection",
    name: "ttl",
    value: "0s",
    tooltip: "Without a ttl images stay for ever, and this cannot be undone",
  },
  { field: "http", name: "tls", value: "false", tooltip: "An object without tls turns TLS off" },
] as const;

/** Behind the colon of the object, or behind its brace. */
function innerHint(cache: Node, { field, name, value, tooltip }: (typeof innerDefaults)[number]): readonly InlayHint[] {
  const entry = entryOf(cache, field);
  if (entry?.value.type !== "map" || entry.alias !== undefined || fieldOf(entry.value, name) !== undefined) return [];
  const { flow, span, written } = entry.value;
  const label = ` ${name}: ${value}`;
  if (!flow) return [{ offset: entry.key.span.end + 1, label, tooltip }];
  return [{ offset: span.start + 1, label: written.length > 0 ? `${label},` : `${label} `, tooltip }];
}

/** A time of whole days says more in days. */
function dayHints(ttl: { readonly nanoseconds: bigint; readonly span: Span } | undefined): readonly InlayHint[] {
  const day = 86_400_000_000_000n;
  if (ttl === undefined || ttl.nanoseconds <= 0n || ttl.nanoseconds % day !== 0n) return [];
  const days = ttl.nanoseconds / day;
  return [{ offset: ttl.span.end, label: days === 1n ? " = 1 day" : ` = ${days} days` }];
}

function mirrorHints(shoot: Shoot, { hosts }: Mirror): readonly InlayHint[] {
  return hosts.flatMap(({ host, node, caBundleSecretReferenceName }) => {
    const isDefault = host !== undefined && itemsOf(fieldOf(node, "capabilities")).length === 0;
    const hint = { label: " capabilities: [pull]", tooltip: "The default: tags are resolved at the upstream" };
    return [
      ...(isDefault ? [{ offset: host.span.end, ...hint }] : []),
      ...targetHints(shoot, caBundleSecretReferenceName),
    ];
  });
}

/** The Secret behind the name of an entry of spec.resources, where it is called otherwise. */
function targetHints(
  { resources }: Shoot,
  reference: { readonly value: string; readonly span: Span } | undefined,
): readonly InlayHint[] {
  const entry = reference && resources.find((it) => it.name?.value === reference.value);
  if (entry?.target === undefined || entry.kind?.value !== "Secret" || entry.target.value === reference?.value)
    return [];
  return reference
    ? [{ offset: reference.span.end, label: ` = Secret ${entry.target.value}`, tooltip: "By spec.resources" }]
    : [];
}

function secretHints({ form, root }: Secret): readonly InlayHint[] {
  const kind = entryOf(root, "kind");
  if (form !== "Secret" || kind === undefined) return [];
  const absent = [
    ...(fieldOf(root, "type") === undefined ? ["type: Opaque"] : []),
    ...(fieldOf(root, "immutable") === undefined ? ["immutable: false"] : []),
  ];
  if (absent.length === 0) return [];
  return [{ offset: kind.value.span.end, label: ` ${absent.join(", ")}`, tooltip: defaults }];
}
