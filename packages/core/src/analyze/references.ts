import type { Located } from "../manifest/located.ts";
import type { Cache } from "../manifest/registry-config.ts";
import type { ResourceEntry, Shoot } from "../manifest/shoot.ts";
import { flat } from "../text/flat.ts";
import type { Purpose, Reference } from "../workspace/workspace.ts";

/** Lists the uses that a Shoot makes of Secrets for its caches and mirrors, in the order of the text. */
export function referencesOf(shoot: Shoot): readonly Reference[] {
  const caches = shoot.registryCache?.caches ?? [];
  const mirrors = shoot.registryMirror?.mirrors ?? [];
  return [
    ...caches.flatMap((it) =>
      toReference(shoot, { purpose: "credentials", name: it.secretReferenceName, upstream: it.upstream }),
    ),
    ...mirrors.flatMap(({ upstream, hosts }) => {
      return hosts.flatMap((it) =>
        toReference(shoot, { purpose: "ca-bundle", name: it.caBundleSecretReferenceName, upstream }),
      );
    }),
  ];
}

interface Use {
  readonly purpose: Purpose;
  readonly name: Located<string> | undefined;
  readonly upstream: Cache["upstream"];
}

function toReference(shoot: Shoot, { purpose, name, upstream }: Use): readonly Reference[] {
  if (name === undefined) return [];
  // Of two entries with one name the webhooks look at the first only.
  const entry = shoot.resources.find((it) => it.name?.value === name.value);
  const reference: Reference = {
    purpose,
    uri: shoot.uri,
    shootName: flat(shoot.name?.value),
    namespace: flat(shoot.namespace?.value),
    field: name.path,
    span: name.span,
    upstream: flat(upstream?.value),
    target: entry?.kind?.value === "Secret" ? targetOf(entry) : undefined,
  };
  return [reference];
}

function targetOf({ target }: ResourceEntry): Reference["target"] {
  return target && { name: flat(target.value), span: target.span, style: target.node.style };
}
