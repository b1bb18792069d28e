import { type LiveRotation, type LiveSecretView, progressText, rotationAnnotations } from "@registry-cache/core";
import { toText } from "./rotation-json.ts";

/** How far a rotation in a garden is, for machines. Of the Secrets it tells what the rotation wrote: other annotations may hold values. */
export function renderLiveStatusJson(namespace: string, rotation: LiveRotation): string {
  const { from, old, next, shoots, deleteAfter } = rotation;
  return toText({
    namespace,
    from,
    to: next?.name,
    old: { name: from, state: stateOf(old) },
    ...(next && { next: { name: next.name, state: stateOf(next), ...provenance(next) } }),
    ...(deleteAfter !== undefined && { deleteAfter: new Date(deleteAfter).toISOString() }),
    shoots: shoots.map(({ shoot, stage, old: left, new: switched, progress }) => ({
      name: shoot.name,
      stage,
      entries: [...left, ...switched].map(({ name, secret, users }) => ({ name, secret, users })),
      state: progress.state,
      ...(progress.state !== "done" && { why: progress.why, reason: progressText(progress) }),
    })),
  });
}

function stateOf(secret: LiveSecretView | undefined): "missing" | "present" | "terminating" {
  if (secret === undefined) return "missing";
  return secret.terminating ? "terminating" : "present";
}

function provenance({ annotations }: LiveSecretView): object {
  const { started, by, grace, rollingBack } = rotationAnnotations;
  return {
    started: annotations[started],
    by: annotations[by],
    grace: annotations[grace],
    rollingBack: annotations[rollingBack],
  };
}
