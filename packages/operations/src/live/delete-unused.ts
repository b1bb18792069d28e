import { judgeUsage, type UsageVerdict } from "@registry-cache/core";
import { createStop, type GardenClient, isGardenError, resources } from "@registry-cache/garden";
import { type ActionContext, Refusal } from "./action-context.ts";
import { readUsage, type SecretUsage } from "./usage.ts";

/** Gardener's finalizer on what Shoots name; it goes a moment after the last of them. */
const protection = "gardener.cloud/reference-protection";

/**
 * Deletes a Secret with the proof that nothing names it: judged anew here, and only this very state of the object. A change
 * in between makes the server refuse, so no Secret is left behind that only waits to vanish.
 */
export async function deleteUnused(name: string, context: ActionContext): Promise<void> {
  const { request, rotation } = context;
  const { client } = request;
  const view = name === rotation.next?.name ? rotation.next : rotation.old;
  if (view?.finalizers.includes(protection) === true) {
    request.onEvent({ event: "unprotecting", secret: name });
    if (!(await waitUnprotected(name, context))) return;
  }
  const usage = await judge(client, name);
  if (usage === undefined) return;
  const { secret } = usage;
  const { verdict, why } = withSeen(usage, context);
  if (verdict !== "safe-to-delete" || secret.state !== "present")
    throw new Refusal("still-used", `Secret "${name}" was not deleted: ${why.join("; ")}`);
  const { uid, resourceVersion } = secret.object;
  const ref = { resource: resources.secrets, namespace: client.namespace, name };
  const deletion = await client.delete(ref, { uid, resourceVersion });
  if (!deletion.gone)
    throw new Refusal("terminating", `Secret "${name}" is being deleted, and something still holds it`);
  request.onEvent({ event: "deleted", secret: name });
}

async function judge(client: GardenClient, name: string): Promise<SecretUsage | undefined> {
  try {
    return (await readUsage(client, { all: false, projects: [], secrets: [name] })).secrets[0];
  } catch (error) {
    if (isGardenError(error) && error.kind === "not-found") return undefined;
    throw error;
  }
}

/** What one look cannot prove of a roll-out, this process may have seen with its own eyes. Every other doubt stays. */
function withSeen(usage: SecretUsage, { rotation }: ActionContext): UsageVerdict {
  const done = new Set(rotation.shoots.filter((it) => it.progress.state === "done").map((it) => it.shoot.name));
  return judgeUsage({ ...usage, pending: usage.pending.filter((it) => !done.has(it.by.name)) });
}

/** Waits for Gardener to let go; false where the run is to end before. */
async function waitUnprotected(name: string, { request, now, deadline }: ActionContext): Promise<boolean> {
  const { client, signal } = request;
  const left = deadline === undefined ? {} : { after: Math.max(0, deadline - now()) };
  const stop = createStop({ with: signal, ...left });
  const query = {
    resource: resources.secrets,
    namespace: client.namespace,
    fieldSelector: `metadata.name=${name}`,
    metadataOnly: true,
  };
  try {
    for await (const change of client.follow(query, stop.signal)) {
      const [object] = change.type === "snapshot" ? change.objects : [change.object];
      if (change.type === "gone" || object?.metadata.finalizers?.includes(protection) !== true) return true;
    }
    return false;
  } catch (error) {
    if (stop.signal.aborted) return false;
    throw error;
  } finally {
    stop.end();
  }
}
