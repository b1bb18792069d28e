import { type CacheSetup, cacheSetups, type LiveRotation, type NewValues, readManifests } from "@registry-cache/core";
import type { ApiObject } from "@registry-cache/garden";
import type { ProbeReport } from "@registry-cache/upstream";
import { loadUpstream } from "../load-upstream.ts";
import { asManifest } from "./shoot-fields.ts";

/** What the new credential came to at one upstream. */
export interface UpstreamProbe {
  readonly upstream: string;
  readonly remoteURL: string;
  readonly report: ProbeReport;
}

/** Tries a credential at every upstream that it will serve, once for each address and proxy. */
export async function probeRotation(
  shoots: readonly ApiObject[],
  { shoots: rotating }: LiveRotation,
  values: NewValues,
  how: { readonly timeoutMilliseconds: number; readonly now: number },
): Promise<readonly UpstreamProbe[]> {
  if (values.purpose !== "credentials") return [];
  const credential = { username: values.username, password: values.password };
  const found = new Map<string, CacheSetup>();
  for (const shoot of shoots) {
    const own = rotating.find((it) => it.shoot.name === shoot.metadata.name);
    const users = [...(own?.old ?? []), ...(own?.new ?? [])].flatMap((it) => it.users);
    const setups = cacheSetups([readManifests(shoot.metadata.name, JSON.stringify(asManifest(shoot)))]);
    for (const it of setups.filter(({ upstream }) => users.includes(`cache ${upstream}`)))
      found.set(JSON.stringify([it.upstream, it.remoteURL, it.httpProxy, it.httpsProxy]), it);
  }
  const { probe } = await loadUpstream();
  const probes: UpstreamProbe[] = [];
  for (const { upstream, remoteURL, httpProxy, httpsProxy } of found.values()) {
    const proxy = { http: httpProxy, https: httpsProxy };
    const request = { remoteURL, credential, image: undefined, proxy, extraAuthorities: [], ...how };
    probes.push({ upstream, remoteURL, report: await probe(request) });
  }
  return probes;
}
