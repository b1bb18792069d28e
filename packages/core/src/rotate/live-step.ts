import type { RotatingShoot } from "./live-rotation.ts";
import type { LiveEntry } from "./live-shoot.ts";
import type { VerifyWish } from "./verification.ts";

/** What is wanted of a rotation that is under way. */
export interface RotationWish {
  /** rotate: go on to the new Secret. finish: only delete the old one. rollback: return to the old one and delete the new one. */
  readonly aim: "rotate" | "finish" | "rollback";
  /** How many Shoots may be rolling out at a time, behind the first. */
  readonly parallel: number;
  /** Whether a roll-out is waited for. */
  readonly wait: boolean;
  /** Whether the caches are looked at in the clusters, once they are rolled out. */
  readonly verify: VerifyWish;
  /** Whether Shoots that wait for their window are asked to reconcile now. */
  readonly triggerReconcile: boolean;
  readonly deleteOld: boolean;
  /** How long the old Secret stays when all is rolled out, in milliseconds. */
  readonly grace: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A request to be sent. Each is guarded, so what was done already is not done twice. */
export type LiveAction =
  | { readonly do: "create-secret" }
  | { readonly do: "switch-shoot"; readonly shoot: string; readonly entries: readonly LiveEntry[]; readonly to: string }
  | { readonly do: "trigger-reconcile"; readonly shoot: string }
  /** Begins to look; what it shows comes later. */
  | { readonly do: "verify-shoot"; readonly shoot: string; readonly to: string }
  | { readonly do: "start-grace"; readonly secret: string; readonly until: number }
  | { readonly do: "mark-rollback"; readonly secret: string }
  | { readonly do: "delete-secret"; readonly secret: string };

/** What keeps a rotation from going on by itself. */
export type LiveBlockerKind =
  | "no-secret"
  | "no-values"
  | "terminating"
  | "rolling-back"
  | "other-rotation"
  | "broken"
  | "not-verified"
  | "still-used"
  | "grace"
  | "not-rotated";

/** Why a rotation cannot go on by itself. */
export interface LiveBlocker {
  readonly kind: LiveBlockerKind;
  readonly shoot?: string;
  readonly message: string;
  /** When it is over, in milliseconds since 1970. */
  readonly until?: number;
}

/** What comes next. `act` may be done side by side; `paused` is over when a window opens, or somebody helps. */
export type LiveStep =
  | { readonly next: "act"; readonly actions: readonly LiveAction[] }
  | { readonly next: "wait"; readonly shoots: readonly RotatingShoot[] }
  | { readonly next: "paused"; readonly shoots: readonly RotatingShoot[] }
  | { readonly next: "done" }
  | { readonly next: "blocked"; readonly blockers: readonly LiveBlocker[] };
