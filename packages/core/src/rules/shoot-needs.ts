import type { Policies } from "../manifest/settings.ts";
import type { Extension, Shoot } from "../manifest/shoot.ts";
import type { PreviousShoot } from "../workspace/previous.ts";
import { itemsOf } from "../yaml/node.ts";
import type { ShootNeed } from "./rule.ts";

/** Tells what of all that a rule may need is there for a Shoot. Most Shoots have little of it, and so most rules are not asked. */
export function needsOf(
  { schemaProblems, extensions, registryCache, registryMirror, resources, workersNode }: Shoot,
  previous: PreviousShoot | undefined,
  policies: Policies,
): { readonly [need in ShootNeed]: boolean } {
  const caches = registryCache?.caches ?? [];
  const mirror = registryMirror !== undefined;
  const urls = mirror || caches.some((it) => it.remoteURL !== undefined || it.proxies.length > 0);
  return {
    // Something that does not fit a schema.
    problems: schemaProblems.length > 0 || isBroken(registryCache) || isBroken(registryMirror),
    previous: previous !== undefined,
    policies: Object.keys(policies).length > 0,
    mirror,
    extensions: extensions.length > 1,
    // An extension of ours without a configuration, and one without a list, or with lists in lists.
    noConfig: lacksConfig(registryCache) || lacksConfig(registryMirror),
    noItems: mirror || (registryCache !== undefined && caches.length === 0),
    noWorkers: workersNode !== undefined && itemsOf(workersNode).length === 0,
    resources: resources.length > 0,
    // Two upstreams of one kind.
    upstreams: mirror || caches.length > 1,
    // A host that may have a part which DNS cannot resolve.
    longHost: urls || caches.some(({ upstream }) => upstream !== undefined && upstream.value.length > 63),
    urls,
    remoteURL: caches.some((it) => it.remoteURL !== undefined),
    garbageCollection: caches.some((it) => it.garbageCollection !== undefined),
    http: caches.some((it) => it.http !== undefined),
    serviceNameSuffix: caches.some((it) => it.serviceNameSuffix !== undefined),
    volume: caches.some((it) => it.volume !== undefined),
    storageClassName: caches.some((it) => it.volume?.storageClassName !== undefined),
  };
}

function isBroken(extension: Shoot["registryCache"] | Shoot["registryMirror"]): boolean {
  return extension !== undefined && extension.decodeProblems.length > 0;
}

function lacksConfig(extension: Extension | undefined): boolean {
  return extension !== undefined && extension.providerConfig === undefined;
}
