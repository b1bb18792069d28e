import type * as operations from "@registry-cache/operations";
import type { Exchange } from "./wire.ts";

/** A Secret of the garden. */
export interface GardenSecretName {
  readonly name: string;
  readonly namespace: string;
}

/** What a rotation would do, and what stands against it. No value of a Secret is in it. */
export interface GardenRotationPlan {
  readonly from: string;
  readonly to: string;
  /** The Shoots that are to be switched, and what uses the Secret there, such as `cache quay.io`. */
  readonly shoots: readonly { readonly name: string; readonly users: readonly string[] }[];
  /** Whether rolled-out Shoots are looked into: their caches must run with the new Secret. */
  readonly looks: boolean;
  readonly notes: readonly string[];
  readonly blockers: readonly string[];
}

/** An order to rotate, or to go on with what was begun. */
export interface GardenRotationOrder extends GardenSecretName {
  readonly aim: operations.LiveRotationRequest["aim"];
  /** Absent where the new Secret is there already. Without a username the old one is kept. */
  readonly credential?: { readonly username?: string; readonly password: string };
  readonly skipProbe?: boolean;
  readonly triggerReconcile?: boolean;
}

/** How it ended. refused: an upstream does not take the credential, and nothing was changed. */
export interface GardenRotationEnd {
  readonly end: operations.RotationOutcome["end"] | "refused";
  readonly from: string;
  readonly to?: string;
  readonly shoots: number;
  /** The Shoots that are not rolled out. */
  readonly open: readonly string[];
  readonly blockers: readonly string[];
  readonly problem?: string;
}

/** A rotation that has begun and is not at its end. */
export type GardenRotation = operations.PendingLiveRotation;

/** What happens in a rotation, as far as it is shown. */
export interface GardenRotationEvent {
  readonly event: operations.RotationEvent["event"];
  readonly secret: string;
  readonly shoot?: string;
  readonly why?: string;
  readonly problem?: string;
}

/** The requests about rotations in the garden that is connected. */
export interface GardenRotationRequests {
  /** The rotations that are pending. */
  readonly "registryCache/garden/rotations": Exchange<undefined, readonly GardenRotation[]>;
  /** Looks at everything that a rotation depends on, and changes nothing. */
  readonly "registryCache/garden/planRotation": Exchange<GardenSecretName, GardenRotationPlan>;
  /** Rotates, finishes or takes back; cancelling ends it in a state that can be gone on with. */
  readonly "registryCache/garden/carryOutRotation": Exchange<GardenRotationOrder, GardenRotationEnd>;
}
