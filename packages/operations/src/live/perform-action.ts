import {
  cachePaths,
  type LiveAction,
  type LiveEntry,
  type Operation,
  operationPatch,
  readLiveShoot,
  rotationAnnotations,
  switchPatch,
  trialPatch,
} from "@registry-cache/core";
import { isGardenError, type ObjectRef, type PatchStep, resources } from "@registry-cache/garden";
import { type ActionContext, Refusal, timeText } from "./action-context.ts";
import { createNextSecret } from "./create-next-secret.ts";
import { deleteUnused } from "./delete-unused.ts";
import { usesCredentials } from "./verify-caches.ts";

/** Carries out one action. Throws a `GardenError` where the garden would not; a `Refusal` where only a person can help. */
export async function performAction(action: LiveAction, context: ActionContext): Promise<void> {
  switch (action.do) {
    case "create-secret":
      return createNextSecret(context);
    case "switch-shoot":
      return switchShoot(action, context);
    case "trigger-reconcile":
      return triggerReconcile(action.shoot, context);
    case "verify-shoot":
      return verifyShoot(action.shoot, action.to, context);
    case "start-grace": {
      const until = timeText(action.until);
      await annotate(context, action.secret, rotationAnnotations.deleteAfter, until);
      return context.request.onEvent({ event: "grace", secret: context.request.from, until });
    }
    case "mark-rollback": {
      await annotate(context, action.secret, rotationAnnotations.rollingBack, timeText(context.now()));
      return context.request.onEvent({ event: "rolling-back", secret: action.secret });
    }
    case "delete-secret":
      return deleteUnused(action.secret, context);
  }
}

type SwitchAction = Extract<LiveAction, { readonly do: "switch-shoot" }>;

async function switchShoot({ shoot: name, entries, to }: SwitchAction, context: ActionContext): Promise<void> {
  const { request, view, checked } = context;
  const shoot = view.shoots().find((it) => it.name === name);
  if (shoot === undefined) return;
  refuseTug(context, name);
  const ref = refOf(context, name);
  const forward = to !== request.from;
  context.look.forget(name);
  const noted = forward && looksInto(context) && usesCredentials(entries) ? context.look.noteBefore(name) : undefined;
  if (forward && !checked.has(name)) {
    const trial = trialPatch(
      cachePaths(
        view.raw(name),
        entries.map((it) => it.name),
      ),
      to,
    );
    if (trial.length > 0) await request.client.patch(ref, trial, { dryRun: true, signal: request.signal });
    checked.add(name);
    request.onEvent({ event: "checked", shoot: name, secret: to });
  }
  await noted;
  const { confined, lastOperation } = shoot.rollOut;
  const mayAsk = request.triggerReconcile && confined && shoot.operation === undefined && lastOperation !== undefined;
  const asked: Operation | undefined = mayAsk ? (lastOperation.state === "Failed" ? "retry" : "reconcile") : undefined;
  await write(context, ref, switchPatch(shoot, entries, to, asked), { entries, to, asked });
  context.switches.set(name, (context.switches.get(name) ?? 0) + 1);
  const [first] = entries;
  const from = first?.secret ?? "";
  const names = entries.map((it) => it.name);
  request.onEvent({ event: "switched", shoot: name, entries: names, from, to, reconcile: asked !== undefined });
}

function looksInto({ request }: ActionContext): boolean {
  return request.wait && request.verify !== "no";
}

/** Looks in the background: other Shoots go on meanwhile. */
function verifyShoot(shoot: string, to: string, { look, request }: ActionContext): void {
  request.onEvent({ event: "looking", shoot, as: request.look?.as ?? "viewer" });
  look.begin(shoot, to);
}

/** Somebody who takes a switch back again and again is not to be fought with. */
function refuseTug({ switches }: ActionContext, name: string): void {
  const before = switches.get(name) ?? 0;
  if (before >= 3)
    throw new Refusal("broken", `Shoot "${name}" was switched ${before} times, and each time somebody took that back`);
}

async function triggerReconcile(name: string, context: ActionContext): Promise<void> {
  const { view, request, rotation } = context;
  const shoot = view.shoots().find((it) => it.name === name);
  const to = rotation.next?.name;
  if (shoot === undefined || to === undefined) return;
  const asked = shoot.rollOut.lastOperation?.state === "Failed" ? "retry" : "reconcile";
  const entries = shoot.entries.filter((it) => it.secret === to);
  await write(context, refOf(context, name), operationPatch(shoot, asked), { entries, to, asked });
  request.onEvent({ event: "triggered", shoot: name });
}

interface Written {
  readonly entries: readonly LiveEntry[];
  readonly to: string;
  readonly asked: Operation | undefined;
}

/** Sends a patch. Where the reply is lost, what the Shoot shows tells whether it was taken. */
async function write(
  { request, view }: ActionContext,
  ref: ObjectRef,
  patch: readonly PatchStep[],
  { entries, to, asked }: Written,
): Promise<void> {
  const { client, signal } = request;
  const switched = Object.fromEntries(entries.map((it) => [it.name, to]));
  try {
    // Once sent it is waited for: whoever stops now must not leave us in doubt about it.
    view.wrote(await client.patch(ref, patch), { entries: switched, asked });
  } catch (error) {
    const now = await client.get(ref, { signal });
    view.put(now);
    const found = readLiveShoot(now).entries;
    const taken = entries.every(({ name }) => found.some((it) => it.name === name && it.secret === to));
    if (!taken || !isGardenError(error) || error.details.maybeDone !== true) throw error;
    view.wrote(now, { entries: switched, asked: undefined });
  }
}

/** Sets an annotation of a Secret that we made; the uid keeps us from another of the same name. */
async function annotate({ request, rotation }: ActionContext, name: string, key: string, value: string): Promise<void> {
  const { client } = request;
  const path = `/metadata/annotations/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  await client.patch({ resource: resources.secrets, namespace: client.namespace, name }, [
    { op: "test", path: "/metadata/uid", value: rotation.next?.uid },
    { op: "add", path, value },
  ]);
}

function refOf({ request }: ActionContext, name: string): ObjectRef {
  return { resource: resources.shoots, namespace: request.client.namespace, name };
}
