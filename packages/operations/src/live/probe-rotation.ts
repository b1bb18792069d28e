import { cacheSetups, type LiveRotation, type NewValues } from "@registry-cache/core";
import type { ApiObject } from "@registry-cache/garden";
import { probeSetups, type UpstreamProbe } from "../probe-setups.ts";
import { shootFile } from "./cache-setups.ts";

/** Tries a credential at every upstream that it will serve, once for each address and proxy. */
export async function probeRotation(
  shoots: readonly ApiObject[],
  { shoots: rotating }: LiveRotation,
  values: NewValues,
  how: { readonly timeoutMilliseconds: number; readonly now: number },
): Promise<readonly UpstreamProbe[]> {
  if (values.purpose !== "credentials") return [];
  const served = shoots.flatMap((shoot) => {
    const own = rotating.find((it) => it.shoot.name === shoot.metadata.name);
    const users = [...(own?.old ?? []), ...(own?.new ?? [])].flatMap((it) => it.users);
    return cacheSetups([shootFile(shoot)]).filter(({ upstream }) => users.includes(`cache ${upstream}`));
  });
  return probeSetups(served, values, how);
}
