import { parseDuration } from "../formats/duration.ts";
import { type LiveObstacle, type LiveRollOut, liveRollOut } from "../live/live-roll-out.ts";
import { readTime } from "../live/read-time.ts";
import { type Obstacle, type RollOut, rollOutOf, type Sighting, type Switch } from "../workspace/roll-out.ts";
import { rotationAnnotations } from "./live-provenance.ts";
import type { LiveSecretView } from "./live-secret.ts";
import type { LiveEntry, LiveShoot } from "./live-shoot.ts";
import type { Verification } from "./verification.ts";
import { isLaterVersion } from "./versions.ts";

/** A write of ours to a Shoot and what was seen of it since. It is known to the process that wrote, and to no other. */
export interface OwnWrite {
  readonly written: Switch;
  readonly sighting: Sighting;
}

/** All that a running rotation is computed from: what is in the garden, and what this process knows of its own writes. */
export interface RotationSources {
  /** The Secret that is replaced. */
  readonly from: string;
  /** The old Secret and all that carry the rotation's label; those of the namespace. */
  readonly secrets: readonly LiveSecretView[];
  /** All Shoots of the namespace. */
  readonly shoots: readonly LiveShoot[];
  /** By the name of the Shoot. */
  readonly ownWrites: ReadonlyMap<string, OwnWrite>;
  /** What this process saw in the clusters, by the name of the Shoot; absent where nobody looks. */
  readonly verifications?: ReadonlyMap<string, Verification>;
}

/** How far the change of one Shoot is. parked: nothing happens before somebody does something, or its time has come. */
export type Progress =
  | { readonly state: "done" }
  | { readonly state: "moving" | "parked" | "broken"; readonly why: LiveObstacle | Obstacle };

/** A Shoot that names the old Secret or the new one. */
export interface RotatingShoot {
  readonly shoot: LiveShoot;
  readonly old: readonly LiveEntry[];
  readonly new: readonly LiveEntry[];
  /** old: it is to be switched. leaving: it names the old Secret and is being deleted, so nobody can change it. */
  readonly stage: "old" | "leaving" | "switched";
  readonly progress: Progress;
  /** What its cluster shows of it, where it was looked into. */
  readonly verification?: Verification | undefined;
}

/** How far a rotation is. Plain data, computed anew from what is there at each step. */
export interface LiveRotation {
  readonly from: string;
  /** Absent where it is gone. */
  readonly old: LiveSecretView | undefined;
  /** The Secret that says it replaces the old one; the latest where several do. */
  readonly next: LiveSecretView | undefined;
  /** Sorted by name. */
  readonly shoots: readonly RotatingShoot[];
  /** When the old Secret may go, in milliseconds since 1970; undefined before all is rolled out, and without a grace. */
  readonly deleteAfter: number | undefined;
  /** How long the old Secret is to stay when all is rolled out, in milliseconds; 0 where the new one does not say. */
  readonly grace: number;
}

/** Computes how far a rotation is. */
export function liveRotation(sources: RotationSources): LiveRotation {
  const { from, secrets, shoots } = sources;
  const next = secrets
    .filter((it) => it.annotations[rotationAnnotations.from] === from && it.name !== from)
    .toSorted((a, b) => (isLaterVersion(a.name, b.name) ? -1 : 1))
    .at(-1);
  const grace = parseDuration(next?.annotations[rotationAnnotations.grace] ?? "0s");
  const rotating = shoots.flatMap((it) => rotatingShoot(it, next?.name, sources));
  return {
    from,
    old: secrets.find((it) => it.name === from),
    next,
    shoots: rotating.toSorted((a, b) => (a.shoot.name < b.shoot.name ? -1 : 1)),
    grace: grace.ok ? Number(grace.value / 1_000_000n) : 0,
    deleteAfter: readTime(next?.annotations[rotationAnnotations.deleteAfter] ?? ""),
  };
}

function rotatingShoot(
  shoot: LiveShoot,
  to: string | undefined,
  { from, ownWrites, verifications }: RotationSources,
): readonly RotatingShoot[] {
  const naming = (name: string | undefined): readonly LiveEntry[] => shoot.entries.filter((it) => it.secret === name);
  const [old, switched] = [naming(from), naming(to)];
  if (old.length === 0 && switched.length === 0) return [];
  const open = shoot.rollOut.deleting ? "leaving" : "old";
  const stage = old.length > 0 ? open : "switched";
  const verification = verifications?.get(shoot.name);
  const progress = progressOf(shoot, ownWrites.get(shoot.name));
  return [{ shoot, old, new: switched, stage, progress, ...(verification && { verification }) }];
}

/** Who wrote knows more than who only looks; but only of what was written then. */
function progressOf(shoot: LiveShoot, own: OwnWrite | undefined): Progress {
  const seen = liveRollOut(shoot.rollOut, shoot.times);
  if (own === undefined || seen.done) return toProgress(seen);
  return toProgress(rollOutOf(own.written, shoot.rollOut, own.sighting));
}

function toProgress(rollOut: RollOut | LiveRollOut): Progress {
  if (rollOut.done) return { state: "done" };
  const { why, stuck } = rollOut;
  if (!stuck) return { state: "moving", why };
  return { state: parking.has(why) ? "parked" : "broken", why };
}

const parking: ReadonlySet<string> = new Set(["hibernated", "confined", "unproven", "ignored"]);
