// What clients and servers of ours say to each other beside LSP. Types alone: nothing of it is there at run time.
export type { ChainLink, Health, ReferenceChain, ShootChain, UpstreamChain } from "./chains.ts";
export type {
  GardenCache,
  GardenContext,
  GardenLogin,
  GardenPhase,
  GardenProject,
  GardenShoot,
  GardenShoots,
  GardenState,
  GardenTarget,
  PulledSchema,
} from "./garden.ts";
export type {
  GardenRotation,
  GardenRotationEnd,
  GardenRotationEvent,
  GardenRotationOrder,
  GardenRotationPlan,
  GardenSecretName,
} from "./garden-rotations.ts";
export type {
  ClientRequests,
  CommonRequests,
  DesktopRequests,
  OwnNotifications,
  OwnRequests,
  StartOptions,
} from "./messages.ts";
export type {
  Credential,
  NewSecretValues,
  PendingRotation,
  PendingShoot,
  RemoteKey,
  RotationPlan,
  SecretName,
  UsedCredential,
} from "./rotations.ts";
export type { CredentialTarget, CredentialVerdict, ReadyMade, ShootAddress, Since } from "./runtime.ts";
