import {
  isRollingBack,
  type LiveRotation,
  type LiveSecretView,
  liveRotation,
  progressText,
  readLiveSecret,
  readLiveShoot,
  rotationAnnotations,
  rotationLabel,
} from "@registry-cache/core";
import { type ApiObject, type GardenClient, resources } from "@registry-cache/garden";
import { rotationFields } from "./shoot-fields.ts";
import { unlessMissing } from "./unseen.ts";

/** A rotation in a garden that has begun and is not at its end. Plain data without any value of a Secret. */
export interface PendingLiveRotation {
  readonly namespace: string;
  readonly from: string;
  readonly to: string;
  /** Who began it, as the new Secret says. */
  readonly by: string;
  /** switch: Shoots use the old Secret. wait: not all are rolled out. finish: the old Secret may go. roll-back: somebody takes it back. */
  readonly next: "switch" | "wait" | "finish" | "roll-back";
  /** The Shoots with what is to be said of each. */
  readonly shoots: readonly {
    readonly name: string;
    readonly stage: "old" | "leaving" | "switched";
    readonly state: string;
  }[];
}

/** Finds the rotations of some namespaces by what they wrote on Secrets; undefined stands for the whole garden. Metadata only. */
export async function readPendingRotations(
  client: GardenClient,
  namespaces: readonly (string | undefined)[],
): Promise<readonly PendingLiveRotation[]> {
  const found: PendingLiveRotation[] = [];
  for (const namespace of namespaces) {
    const where = namespace === undefined ? {} : { namespace };
    const query = { resource: resources.secrets, ...where, labelSelector: rotationLabel, metadataOnly: true };
    const made = await client.list(query);
    const inNamespaces = new Set(made.items.map((it) => it.metadata.namespace ?? ""));
    for (const it of inNamespaces) found.push(...(await pendingIn(client, it, made.items)));
  }
  return found;
}

async function pendingIn(
  client: GardenClient,
  namespace: string,
  made: readonly ApiObject[],
): Promise<readonly PendingLiveRotation[]> {
  const own = made.filter((it) => it.metadata.namespace === namespace).map(readLiveSecret);
  const froms = new Set(own.flatMap((it) => it.annotations[rotationAnnotations.from] ?? []));
  const olds = await Promise.all([...froms].map((name) => readOld(client, namespace, name)));
  if (froms.size === 0) return [];
  const query = { resource: resources.shoots, namespace, keep: rotationFields };
  const shoots = (await client.list(query)).items.map(readLiveShoot);
  const secrets = [...olds.flat(), ...own];
  return [...froms].flatMap((from) =>
    toPending(namespace, liveRotation({ from, secrets, shoots, ownWrites: new Map() })),
  );
}

async function readOld(client: GardenClient, namespace: string, name: string): Promise<readonly LiveSecretView[]> {
  const ref = { resource: resources.secrets, namespace, name };
  const old = await unlessMissing(client.get(ref, { metadataOnly: true }));
  return old === undefined ? [] : [readLiveSecret(old)];
}

function toPending(namespace: string, rotation: LiveRotation): readonly PendingLiveRotation[] {
  const { from, next, shoots } = rotation;
  const step = next && nextOf(rotation);
  if (next === undefined || step === undefined) return [];
  const by = next.annotations[rotationAnnotations.by] ?? "";
  const rows = shoots.map(({ shoot, stage, progress }) => ({ name: shoot.name, stage, state: progressText(progress) }));
  return [{ namespace, from, to: next.name, by, next: step, shoots: rows }];
}

/** Undefined where it is at its end: the old Secret is gone, and every Shoot works with the new one. */
function nextOf(rotation: LiveRotation): PendingLiveRotation["next"] | undefined {
  const { old, shoots } = rotation;
  if (isRollingBack(rotation)) return "roll-back";
  if (shoots.some((it) => it.stage === "old")) return "switch";
  if (shoots.some((it) => it.stage === "leaving" || it.progress.state !== "done")) return "wait";
  return old === undefined || shoots.length === 0 ? undefined : "finish";
}
