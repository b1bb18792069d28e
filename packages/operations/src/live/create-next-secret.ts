import {
  holdsValues,
  type LiveSecretView,
  type NewValues,
  nextName,
  nextSecret,
  readLiveSecret,
  rotationAnnotations,
  rotationLabel,
} from "@registry-cache/core";
import { type ApiObject, type GardenClient, isGardenError, type ObjectRef, resources } from "@registry-cache/garden";
import { type ActionContext, otherRotationText, Refusal, timeText } from "./action-context.ts";
import { unlessMissing } from "./unseen.ts";

/** Makes the next version under the first name that is free, or takes the one that is there when it is the same. */
export async function createNextSecret(context: ActionContext): Promise<void> {
  const { request, rotation, now } = context;
  const { client, from, values, by, graceText } = request;
  const { old } = rotation;
  if (values === undefined)
    throw new Refusal(
      "no-values",
      `no Secret replaces "${from}" yet, so there is nothing to go on with: begin with rotate, which takes the credential`,
    );
  if (old === undefined) return;
  const origin = { from, started: timeText(now()), by, grace: graceText };
  const today = timeText(now()).slice(0, 10);
  const taken = new Set<string>();
  for (;;) {
    const name = nextName(from, taken, { today });
    const secret = nextSecret({ old, namespace: client.namespace, name, values, origin });
    const made = await make(context, { ...secret }, values);
    if (made !== "taken") return request.onEvent({ event: made, secret: name });
    taken.add(name);
  }
}

/** Creates the Secret. Where the name is taken, or the reply is lost, what is there decides. */
async function make(
  context: ActionContext,
  secret: ApiObject,
  values: NewValues,
): Promise<"created" | "reused" | "taken"> {
  const { client, from } = context.request;
  const ref: ObjectRef = { resource: resources.secrets, namespace: client.namespace, name: secret.metadata.name };
  try {
    await client.create(resources.secrets, secret);
    return "created";
  } catch (error) {
    const unsure = isGardenError(error) && (error.kind === "already-exists" || error.details.maybeDone === true);
    if (!unsure) throw error;
    const found = await unlessMissing(client.get(ref));
    if (found === undefined) throw error;
    const verdict = judge(found, from, values);
    if (verdict.same === "adopt") await adopt(client, ref, verdict.view, secret);
    return verdict.same === "no" ? "taken" : "reused";
  }
}

type Judgement = { readonly same: "yes" | "no" } | { readonly same: "adopt"; readonly view: LiveSecretView };

function judge(found: ApiObject, from: string, values: NewValues): Judgement {
  const view = readLiveSecret(found);
  const source = view.annotations[rotationAnnotations.from];
  const same = holdsValues(found, values);
  if (view.terminating) return { same: "no" };
  if (source === from && !same) throw new Refusal("other-rotation", otherRotationText(from, view));
  if (!same) return { same: "no" };
  return source === from ? { same: "yes" } : source === undefined ? { same: "adopt", view } : { same: "no" };
}

/** Writes where it comes from on a Secret that somebody made by hand, with the same values. */
async function adopt(client: GardenClient, ref: ObjectRef, view: LiveSecretView, secret: ApiObject): Promise<void> {
  const { annotations = {} } = secret.metadata;
  const own = Object.values(rotationAnnotations).filter((it) => it in annotations);
  await client.patch(ref, [
    { op: "test", path: "/metadata/resourceVersion", value: view.resourceVersion },
    { op: "add", path: "/metadata/labels", value: { ...view.labels, [rotationLabel]: "true" } },
    {
      op: "add",
      path: "/metadata/annotations",
      value: { ...view.annotations, ...Object.fromEntries(own.map((it) => [it, annotations[it]])) },
    },
  ]);
}
