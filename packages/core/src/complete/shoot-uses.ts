import type { Shoot } from "../manifest/shoot.ts";
import type { Span } from "../text/span.ts";
import type { Purpose } from "../workspace/workspace.ts";

/** A place of a Shoot that names an entry of spec.resources. */
export interface Use {
  readonly purpose: Purpose;
  readonly name: string;
  readonly span: Span;
  readonly upstream: string | undefined;
}

/** The caches and mirrors of a Shoot that name entries of spec.resources, in the order of the text. */
export function usesOf({ registryCache, registryMirror }: Shoot): readonly Use[] {
  const caches = (registryCache?.caches ?? []).map(({ secretReferenceName: name, upstream }) => ({ name, upstream }));
  const hosts = (registryMirror?.mirrors ?? []).flatMap(({ upstream, hosts }) =>
    hosts.map((it) => ({ name: it.caBundleSecretReferenceName, upstream })),
  );
  return [...toUses("credentials", caches), ...toUses("ca-bundle", hosts)];
}

type Named = { readonly name: Shoot["name"]; readonly upstream: Shoot["name"] };

function toUses(purpose: Purpose, places: readonly Named[]): readonly Use[] {
  return places.flatMap(({ name, upstream }) =>
    name === undefined ? [] : [{ purpose, name: name.value, span: name.span, upstream: upstream?.value }],
  );
}

/** Names the users for a person: `used by docker.io, ghcr.io`; undefined when there are none. */
export function usedBy(uses: readonly Use[]): string | undefined {
  const upstreams = [...new Set(uses.map((it) => it.upstream ?? "a cache without an upstream"))];
  return upstreams.length === 0 ? undefined : `used by ${upstreams.join(", ")}`;
}
