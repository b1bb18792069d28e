import { type CacheSetup, cacheSetups, type LiveRotation, type NewValues } from "@registry-cache/core";
import type { ApiObject } from "@registry-cache/garden";
import type { ProbeReport } from "@registry-cache/upstream";
import { loadUpstream } from "../load-upstream.ts";
import { distinctSetups } from "../probe.ts";
import { shootFile } from "./cache-setups.ts";

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
  const found: CacheSetup[] = [];
  for (const shoot of shoots) {
    const own = rotating.find((it) => it.shoot.name === shoot.metadata.name);
    const users = [...(own?.old ?? []), ...(own?.new ?? [])].flatMap((it) => it.users);
    found.push(...cacheSetups([shootFile(shoot)]).filter(({ upstream }) => users.includes(`cache ${upstream}`)));
  }
  const { probe } = await loadUpstream();
  const probes: UpstreamProbe[] = [];
  for (const { upstream, remoteURL, httpProxy, httpsProxy } of distinctSetups(found)) {
    const proxy = { http: httpProxy, https: httpsProxy };
    const request = { remoteURL, credential, image: undefined, proxy, extraAuthorities: [], ...how };
    probes.push({ upstream, remoteURL, report: await probe(request) });
  }
  return probes;
}
