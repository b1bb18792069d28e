import type {
  LiveAction,
  LiveBlocker,
  LiveRotation,
  NewValues,
  RotatingShoot,
  RotationWish,
} from "@registry-cache/core";
import type { GardenClient, StopSignal } from "@registry-cache/garden";
import type { ShootRole } from "./shoot-access.ts";
import type { LookOptions } from "./shoot-look.ts";

/** What happens in a live rotation, for whoever shows it. No value of a Secret is ever in one. */
export type RotationEvent =
  | { readonly event: "created"; readonly secret: string }
  | { readonly event: "reused"; readonly secret: string }
  | { readonly event: "checked"; readonly shoot: string; readonly secret: string }
  | {
      readonly event: "switched";
      readonly shoot: string;
      readonly entries: readonly string[];
      readonly from: string;
      readonly to: string;
      readonly reconcile: boolean;
    }
  | { readonly event: "triggered"; readonly shoot: string }
  | { readonly event: "waiting"; readonly shoot: string; readonly why: string }
  | { readonly event: "rolled-out"; readonly shoot: string; readonly secret: string }
  | { readonly event: "looking"; readonly shoot: string; readonly as: ShootRole }
  | {
      readonly event: "verified";
      readonly shoot: string;
      readonly as: ShootRole;
      readonly seen: readonly string[];
      readonly unsure: readonly string[];
    }
  | { readonly event: "not-verified"; readonly shoot: string; readonly as: ShootRole; readonly why: string }
  | { readonly event: "grace"; readonly secret: string; readonly until: string }
  | { readonly event: "unprotecting"; readonly secret: string }
  | { readonly event: "rolling-back"; readonly secret: string }
  | { readonly event: "deleted"; readonly secret: string }
  | { readonly event: "retrying"; readonly what: LiveAction["do"] | "read"; readonly problem: string };

/** A live rotation to be carried out, or carried on. */
export interface LiveRotationRequest extends Omit<RotationWish, "now"> {
  readonly client: GardenClient;
  /** The old Secret, in the namespace of the client. */
  readonly from: string;
  /** Absent where the new Secret is there already, or nothing is to be made. */
  readonly values?: NewValues | undefined;
  /** Who rotates, for the provenance of the new Secret. */
  readonly by: string;
  /** A duration of Go, kept on the new Secret so that whoever resumes knows it. */
  readonly graceText?: string | undefined;
  /** How clusters are looked into, where `verify` asks for that; as a viewer unless told. */
  readonly look?: LookOptions;
  /** Milliseconds in which all must be done; undefined for ever. */
  readonly timeout: number | undefined;
  /** Ends the run between two requests, in a state that can be resumed. */
  readonly signal: StopSignal;
  readonly onEvent: (event: RotationEvent) => void;
  /** Milliseconds since 1970, and how to wait; the machine's own unless told. */
  readonly now?: () => number;
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/** How a run ended. All but `done` can be resumed. */
export interface RotationOutcome {
  readonly end: "done" | "paused" | "blocked" | "timeout" | "interrupted" | "failed";
  readonly rotation: LiveRotation;
  readonly blockers: readonly LiveBlocker[];
  /** Shoots that are not rolled out. */
  readonly open: readonly RotatingShoot[];
  /** What the garden said last, where the run failed. */
  readonly problem?: string;
}
