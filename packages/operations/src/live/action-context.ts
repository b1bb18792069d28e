import { type LiveBlocker, type LiveRotation, type LiveSecretView, rotationAnnotations } from "@registry-cache/core";
import type { LiveRotationRequest } from "./rotation-request.ts";
import type { RotationView } from "./rotation-view.ts";
import type { ShootLook } from "./shoot-look.ts";

/** What an action is carried out with. */
export interface ActionContext {
  readonly request: LiveRotationRequest;
  readonly view: RotationView;
  readonly rotation: LiveRotation;
  readonly look: ShootLook;
  readonly now: () => number;
  /** The Shoots for which the webhook has seen the new Secret. */
  readonly checked: Set<string>;
  /** How often this run has switched each Shoot. */
  readonly switches: Map<string, number>;
  /** By uid, the Secrets of which this run has seen that they hold the credential that it was given. */
  readonly proven: Set<string>;
  /** When the run is to end, in milliseconds since 1970; undefined for never. */
  readonly deadline: number | undefined;
}

/** Something that only a person can mend; to repeat it would not help. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly blocker: LiveBlocker;

  constructor(kind: LiveBlocker["kind"], message: string) {
    super(message);
    this.blocker = { kind, message };
  }
}

/** A moment as the API writes it. */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}

/** Tells whoever comes second that somebody rotates with another credential. */
export function otherRotationText(from: string, { name, annotations }: LiveSecretView): string {
  const { [rotationAnnotations.by]: by = "somebody", [rotationAnnotations.started]: started = "an unknown time" } =
    annotations;
  return `${by} rotates "${from}" to "${name}" since ${started}, with another credential: rotate resume goes on with it, rotate rollback takes it back`;
}
