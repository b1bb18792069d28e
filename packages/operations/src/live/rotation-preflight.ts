import {
  holdsValues,
  inspect,
  type LiveRotation,
  type LiveShoot,
  liveRotation,
  type NewValues,
  newSecretManifest,
  nextLiveStep,
  nextName,
  purposeOfUsers,
  type RotatingShoot,
  readLiveSecret,
  readLiveShoot,
  readManifests,
  type VerifyWish,
} from "@registry-cache/core";
import { type ApiObject, type GardenClient, resources } from "@registry-cache/garden";
import { otherRotationText, timeText } from "./action-context.ts";
import { findRefusedLists } from "./refused-lists.ts";
import { rotationNotes } from "./rotation-notes.ts";
import { findMissingRights, findNoLook } from "./rotation-rights.ts";
import type { ShootRole } from "./shoot-access.ts";
import { rotationFields } from "./shoot-fields.ts";

/** What is looked at before anything is written. */
export interface PreflightRequest {
  readonly client: GardenClient;
  readonly from: string;
  readonly values: NewValues | undefined;
  readonly force: boolean;
  readonly triggerReconcile: boolean;
  readonly deleteOld: boolean;
  /** How rolled-out Shoots are to be looked into, where they are. */
  readonly verify: { readonly wish: VerifyWish; readonly as: ShootRole } | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What a rotation would do, and what stands against it. Plain data without any value of a Secret. */
export interface Preflight {
  readonly from: string;
  /** The name that the next version will most likely have. */
  readonly to: string;
  readonly rotation: LiveRotation;
  /** Things to know; they stop nothing. */
  readonly notes: readonly string[];
  readonly blockers: readonly string[];
  /** Whether rolled-out Shoots are looked into. */
  readonly looks: boolean;
  /** The Shoots with the caches that get the new credential, to be probed. */
  readonly shoots: readonly ApiObject[];
}

/** Looks at everything that a rotation depends on, and writes nothing. Throws a `GardenError` where the garden cannot be asked. */
export async function preflightRotation(request: PreflightRequest): Promise<Preflight> {
  const { client, from, now } = request;
  const { namespace } = client;
  const [shoots, secrets] = await Promise.all([
    client.list({ resource: resources.shoots, namespace, keep: rotationFields }),
    client.list({ resource: resources.secrets, namespace, metadataOnly: true }),
  ]);
  const live = shoots.items.map(readLiveShoot);
  const views = secrets.items.map(readLiveSecret);
  const rotation = liveRotation({ from, secrets: views, shoots: live, ownWrites: new Map() });
  const today = timeText(now).slice(0, 10);
  const taken = new Set(views.map((it) => it.name));
  const open = rotation.shoots.filter((it) => it.stage === "old");
  const there = new Set(views.filter((it) => !it.terminating).map((it) => it.name));
  const names = new Set(rotation.shoots.map((it) => it.shoot.name));
  const rights = await findMissingRights(client, request);
  const broken = open.flatMap((it) => brokenEntries(it.shoot, there));
  // Asked once, before there are values, and only where nothing else stands against it.
  const mayAsk = request.values === undefined && rights.length === 0 && broken.length === 0;
  const noLook = await noLookOf(request);
  return {
    from,
    to: rotation.next?.name ?? nextName(from, taken, { today }),
    rotation,
    notes: [...rotationNotes(rotation, live, request), ...noLook.notes],
    blockers: [
      ...hopeless(rotation, request),
      ...(await otherValues(rotation, request)),
      ...rights,
      ...noLook.blockers,
      ...valueBlockers(open, request),
      ...open.flatMap((it) => shootBlockers(it, request)),
      ...broken,
      ...(mayAsk ? await findRefusedLists(client, open, from) : []),
    ],
    looks: noLook.looks,
    shoots: shoots.items.filter((it) => names.has(it.metadata.name)),
  };
}

/** Who may not look is told: before anything is written where it was asked for by name, else as a note. */
async function noLookOf({
  client,
  verify,
}: PreflightRequest): Promise<Pick<Preflight, "notes" | "blockers" | "looks">> {
  if (verify === undefined || verify.wish === "no") return { notes: [], blockers: [], looks: false };
  const why = await findNoLook(client, verify.as);
  if (why === undefined) return { notes: [], blockers: [], looks: true };
  if (verify.wish === "must") return { notes: [], blockers: [`${why}, as --verify needs`], looks: false };
  return { notes: [`the Shoots are not looked into: ${why}`], blockers: [], looks: false };
}

/** What the rotation itself would stop at. */
function hopeless(rotation: LiveRotation, request: PreflightRequest): readonly string[] {
  const { client, deleteOld, triggerReconcile, now } = request;
  const wish = {
    aim: "rotate",
    parallel: 1,
    wait: false,
    verify: "no",
    triggerReconcile,
    deleteOld,
    grace: 0,
    now,
  } as const;
  const step = nextLiveStep(rotation, wish);
  if (step.next !== "blocked") return [];
  // Which namespace is meant is seldom typed.
  const where = (kind: string): string => (kind === "no-secret" ? ` in namespace ${client.namespace}` : "");
  return step.blockers.map((it) => it.message + where(it.kind));
}

/** A rotation that is under way cannot get another credential: its Shoots would have two. */
async function otherValues(
  { next, from }: LiveRotation,
  { client, values }: PreflightRequest,
): Promise<readonly string[]> {
  if (next === undefined || values === undefined) return [];
  const found = await client.get({ resource: resources.secrets, namespace: client.namespace, name: next.name });
  return holdsValues(found, values) ? [] : [otherRotationText(from, next)];
}

/** The server checks no Secret of a rotation, so this is the only check of the values. */
function valueBlockers(open: readonly RotatingShoot[], { values, from }: PreflightRequest): readonly string[] {
  if (values === undefined) return [];
  const users = open.flatMap((it) => it.old.flatMap((entry) => entry.users));
  const purpose = purposeOfUsers(users);
  if (users.length > 0 && purpose !== values.purpose) {
    const used = purpose === undefined ? "a credential and a CA bundle at once" : purposeWords[purpose];
    return [`Secret "${from}" is used as ${used}, and the new values are ${purposeWords[values.purpose]}`];
  }
  const secret = { name: "next", namespace: undefined };
  const { uri, text } = newSecretManifest({ uri: "next.yaml", secret, purpose: values.purpose, values });
  const findings = inspect(readManifests(uri, text)).secrets.flatMap((it) => it.findings[values.purpose]);
  return findings.flatMap(({ finding, ifCommitted }) =>
    finding.severity === "error" && !ifCommitted
      ? [`the new Secret would not work: ${finding.code} ${finding.message}`]
      : [],
  );
}

const purposeWords = { credentials: "a credential", "ca-bundle": "a CA bundle" } as const;

function shootBlockers({ shoot }: RotatingShoot, { force }: PreflightRequest): readonly string[] {
  const { name, gitops, rollOut } = shoot;
  const last = rollOut.lastOperation?.state ?? "";
  const found = [
    ...(gitops === undefined
      ? []
      : [`Shoot "${name}" is managed by ${gitops}, which would take the switch back: rotate in its manifests with -f`]),
    ...(["Failed", "Error", "Aborted"].includes(last)
      ? [`the last operation of Shoot "${name}" is ${last}: mend it first`]
      : []),
  ];
  return force ? [] : found.map((it) => `${it}, or --force`);
}

/** When spec.resources changes, every entry of it is checked, and one that is broken stops the switch. */
function brokenEntries(shoot: LiveShoot, there: ReadonlySet<string>): readonly string[] {
  const broken = shoot.entries.filter((it) => !there.has(it.secret));
  return broken.map(({ index, secret }) => {
    return `spec.resources[${index}] of Shoot "${shoot.name}" names Secret "${secret}", which is missing or being deleted: Gardener refuses every change of the list until that is mended`;
  });
}
