import { readSecretState, type SecretState } from "@registry-cache/core";
import { GardenError, resources } from "@registry-cache/garden";
import { secretFields } from "./shoot-fields.ts";
import { textAt } from "./text-at.ts";
import { placeWords, unlessForbidden, unlessMissing } from "./unseen.ts";
import type { UsageRequest } from "./usage.ts";
import { type Run, readList, where } from "./usage-run.ts";

/** A Secret that is asked about. */
export interface FoundSecret {
  readonly namespace: string;
  readonly name: string;
  readonly secret: SecretState;
  readonly created?: string;
}

/** Finds the Secrets of a namespace that are asked about, by their metadata alone. */
export async function findSecrets(
  run: Run,
  namespace: string | undefined,
  { secrets: names, labelSelector, fieldSelector }: UsageRequest,
): Promise<readonly FoundSecret[]> {
  if (names.length > 0 && namespace !== undefined) {
    const found: FoundSecret[] = [];
    for (const name of names) found.push(await findSecret(run, namespace, name));
    return found;
  }
  const selectors = { ...(labelSelector && { labelSelector }), ...(fieldSelector && { fieldSelector }) };
  const found: FoundSecret[] = [];
  const query = {
    resource: resources.secrets,
    ...where(namespace),
    ...selectors,
    metadataOnly: true,
    keep: secretFields,
  };
  const seen = await readList(run, query, (it) => found.push(toFound(it)));
  if (seen) return names.length === 0 ? found : found.filter((it) => names.includes(it.name));
  // A viewer may not see the Secrets, but what names them.
  const used = run.reports
    .flatMap((it) => it.uses)
    .filter((it) => namespace === undefined || it.namespace === namespace);
  run.unread.push(`secrets ${placeWords(namespace)}`);
  const keys = new Map(
    used.map((it) => [`${it.namespace}/${it.secret}`, { namespace: it.namespace, name: it.secret }]),
  );
  return [...keys.values()].map((it) => ({ ...it, secret: { state: "unreadable" } }));
}

async function findSecret(run: Run, namespace: string, name: string): Promise<FoundSecret> {
  const ref = { resource: resources.secrets, namespace, name };
  const used = run.reports.some((it) => it.uses.some((use) => use.secret === name && use.namespace === namespace));
  const asked = run.client.get(ref, { metadataOnly: true });
  const found = await unlessForbidden(used ? unlessMissing(asked) : asked);
  if (found === "forbidden") return { namespace, name, secret: { state: "unreadable" } };
  return found === undefined ? { namespace, name, secret: { state: "missing" } } : toFound(found);
}

function toFound(secret: unknown): FoundSecret {
  const state = readSecretState(secret);
  if (state.state !== "present") throw new GardenError("protocol", "the server's answer is no Secret");
  const created = textAt(secret, "metadata", "creationTimestamp");
  return { namespace: state.object.namespace, name: state.object.name, secret: state, ...(created && { created }) };
}
