export { type GuardedStep, type Operation, operationPatch, switchPatch, trialPatch } from "./live-patch.ts";
export { rotationAnnotations, rotationLabel } from "./live-provenance.ts";
export {
  type LiveRotation,
  liveRotation,
  type OwnWrite,
  type Progress,
  type RotatingShoot,
  type RotationSources,
} from "./live-rotation.ts";
export {
  holdsValues,
  type LiveSecretView,
  nextSecret,
  type RotationOrigin,
  readLiveSecret,
  type SecretObject,
  secretObject,
} from "./live-secret.ts";
export {
  type CachePath,
  cachePaths,
  type LiveEntry,
  type LiveShoot,
  purposeOfUsers,
  readLiveShoot,
} from "./live-shoot.ts";
export type { LiveAction, LiveBlocker, LiveStep, RotationWish } from "./live-step.ts";
export { isRollingBack, nextLiveStep, progressText } from "./next-live-step.ts";
export type { Verification, VerifyWish } from "./verification.ts";
