import type { Located } from "../manifest/located.ts";
import { secretMentions } from "../manifest/secret-mentions.ts";
import type { ResourceEntry, Shoot } from "../manifest/shoot.ts";
import { maskCredentials } from "../rules/mask-credentials.ts";
import { flat } from "../text/flat.ts";
import type { Span } from "../text/span.ts";
import type { EntryName, KnownEntry, KnownUse, ShootOutline } from "../workspace/outline.ts";
import { placeOf } from "../workspace/written-name.ts";
import { type AliasesOf, writtenName } from "./aliases-in.ts";

/** Reduces a Shoot to what others want to show of it and change in it. */
export function outlineShoot(shoot: Shoot, aliasesOf: AliasesOf): ShootOutline {
  const { uri, name, root, resources } = shoot;
  const uses = usesOf(shoot, aliasesOf);
  const shootName = flat(name?.value);
  const namespace = flat(shoot.namespace?.value);
  return {
    name: shootName,
    namespace,
    span: root.span,
    nameSpan: name?.span ?? startOf(root.span),
    uses,
    entries: resources.map((it, index) => toEntry(it, { index, uses, aliasesOf })),
    mentions: secretMentions(shoot).map((it) => {
      return { uri, shootName, namespace, field: it.path, name: writtenName(it, aliasesOf) };
    }),
  };
}

function usesOf(shoot: Shoot, aliasesOf: AliasesOf): readonly KnownUse[] {
  const caches = (shoot.registryCache?.caches ?? []).map((it): KnownUse => {
    return {
      purpose: "credentials",
      span: it.span,
      labelSpan: it.upstream?.span ?? startOf(it.span),
      upstream: shown(it.upstream),
      entry: entryName(shoot, it.secretReferenceName, aliasesOf),
    };
  });
  const mirrors = (shoot.registryMirror?.mirrors ?? []).flatMap(({ upstream, hosts }) => {
    return hosts.map((it): KnownUse => {
      return {
        purpose: "ca-bundle",
        span: it.span,
        labelSpan: it.host?.span ?? startOf(it.span),
        upstream: shown(upstream),
        ...(it.host === undefined ? {} : { host: flat(maskCredentials(it.host.value)) }),
        entry: entryName(shoot, it.caBundleSecretReferenceName, aliasesOf),
      };
    });
  });
  return [...caches, ...mirrors];
}

function entryName(
  { resources }: Shoot,
  name: Located<string> | undefined,
  aliasesOf: AliasesOf,
): EntryName | undefined {
  if (name === undefined) return undefined;
  // Of two entries with one name the webhooks look at the first only.
  const index = resources.findIndex((it) => it.name?.value === name.value);
  return { name: writtenName(name, aliasesOf), field: name.path, index };
}

interface EntryPlace {
  readonly index: number;
  readonly uses: readonly KnownUse[];
  readonly aliasesOf: AliasesOf;
}

function toEntry({ name, span, kind, target }: ResourceEntry, { index, uses, aliasesOf }: EntryPlace): KnownEntry {
  return {
    span,
    name: name && writtenName(name, aliasesOf),
    kind: flat(kind?.value),
    target: target && writtenName(target, aliasesOf),
    uses: uses.flatMap(({ entry }) => (entry?.index === index ? [placeOf(entry.name)] : [])),
  };
}

function shown(upstream: Located<string> | undefined): string | undefined {
  return upstream && flat(maskCredentials(upstream.value));
}

function startOf({ start }: Span): Span {
  return { start, end: start };
}
