import type { SecretSummary } from "@registry-cache/core";
import { type ApiObject, type GardenClient, resources } from "@registry-cache/garden";
import { byEnd, type ExpiringSecret } from "../expiring.ts";
import { type ExpiryLimits, judgeExpiry, type Sight } from "../secret-expiry.ts";
import { type CacheSecret, findCacheSecrets } from "./cache-secrets.ts";
import { liveSummary } from "./live-summary.ts";
import type { ScopeRequest } from "./scope.ts";
import { sideBySide } from "./side-by-side.ts";
import { type Unseen, unlessForbidden, unlessMissing } from "./unseen.ts";

/** Which Secrets of a garden, and what counts as soon. */
export interface LiveExpiringRequest extends ScopeRequest, ExpiryLimits {
  /** Leave the values alone: a token that tells its end is then not known. */
  readonly metadataOnly: boolean;
  readonly onProgress: (done: number, total: number) => void;
}

/** The Secrets by when they end, and what could not be looked at. */
export interface LiveExpiring {
  readonly secrets: readonly ExpiringSecret[];
  readonly unseen: readonly Unseen[];
}

/** So many Secrets are read at a time. */
const atOnce = 8;

/** Lists the Secrets of the caches of a garden by when they end. Of values only those of caches' own Secrets are read. */
export async function findLiveExpiring(client: GardenClient, request: LiveExpiringRequest): Promise<LiveExpiring> {
  const { secrets, unseen } = await findCacheSecrets(client, request);
  let done = 0;
  const found = await sideBySide(secrets, atOnce, async (it) => {
    const { secret, sight } = await look(client, it, request.metadataOnly);
    request.onProgress(++done, secrets.length);
    return { secret, sight, expiry: judgeExpiry(secret, request, sight) };
  });
  return { secrets: byEnd(found), unseen };
}

async function look(
  client: GardenClient,
  { namespace, name, uses, metadata }: CacheSecret,
  metadataOnly: boolean,
): Promise<{ readonly secret: SecretSummary; readonly sight: Sight }> {
  const nothing: ApiObject = { metadata: { namespace, name } };
  if (typeof metadata === "string") return { secret: liveSummary(nothing, uses), sight: metadata };
  if (metadataOnly) return { secret: liveSummary(metadata, uses), sight: "metadata" };
  const found = await unlessForbidden(unlessMissing(client.get({ resource: resources.secrets, namespace, name })));
  if (found === "forbidden") return { secret: liveSummary(metadata, uses), sight: found };
  return found === undefined
    ? { secret: liveSummary(nothing, uses), sight: "missing" }
    : { secret: liveSummary(found, uses), sight: "values" };
}
