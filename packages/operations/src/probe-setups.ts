import type { CacheSetup } from "@registry-cache/core";
import type { Credential, ProbeReport } from "@registry-cache/upstream";
import { loadUpstream } from "./load-upstream.ts";
import { distinctSetups } from "./probe.ts";

/** What a credential came to at one upstream. */
export interface UpstreamProbe {
  readonly upstream: string;
  readonly remoteURL: string;
  readonly report: ProbeReport;
}

/** Tries a credential at the upstreams of some caches, once for each address and proxy. */
export async function probeSetups(
  setups: readonly CacheSetup[],
  { username, password }: Credential,
  how: { readonly timeoutMilliseconds: number; readonly now: number },
): Promise<readonly UpstreamProbe[]> {
  const { probe } = await loadUpstream();
  const probes: UpstreamProbe[] = [];
  for (const { upstream, remoteURL, httpProxy, httpsProxy } of distinctSetups(setups)) {
    const proxy = { http: httpProxy, https: httpsProxy };
    const credential = { username, password };
    const request = { remoteURL, credential, image: undefined, proxy, extraAuthorities: [], ...how };
    probes.push({ upstream, remoteURL, report: await probe(request) });
  }
  return probes;
}
