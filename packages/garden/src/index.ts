export { type ConnectOptions, connectGarden } from "./connect.ts";
export { createExecCache, type ExecCache } from "./credentials/exec-cache.ts";
export type {
  AccessQuestion,
  AccessRule,
  AccessRules,
  ApplyOptions,
  CallOptions,
  DeleteOptions,
  Deletion,
  GardenClient,
  OpenApi,
  PatchStep,
  ShootKubeconfig,
  WriteOptions,
} from "./garden-client.ts";
export {
  type ErrorCause,
  errorLine,
  GardenError,
  type GardenErrorDetails,
  type GardenErrorKind,
  isGardenError,
} from "./garden-error.ts";
export { listAt, textAt, valueAt } from "./json.ts";
export type { ConnectionFlags } from "./kubeconfig/access.ts";
export { type ContextSummary, describeContexts } from "./kubeconfig/describe-contexts.ts";
export { type GardenctlTarget, readGardenctlTarget } from "./kubeconfig/gardenctl-target.ts";
export { contextNames, type Environment, kubeconfigPaths } from "./kubeconfig/load-kubeconfig.ts";
export type { Keep } from "./lists/keep.ts";
export type { ListQuery } from "./lists/list-page.ts";
export type { ApiList, Page } from "./lists/list-pages.ts";
export type { Pace } from "./requests/pace.ts";
export { createStop, type Stop, type StopSignal } from "./requests/stop.ts";
export { type ApiObject, type ObjectMeta, type ObjectRef, type Resource, resources } from "./resource.ts";
export { type KeptSchema, printKeptSchema, readKeptSchema } from "./schema/kept-schema.ts";
export { type PulledSchema, pullSchema } from "./schema/pull-schema.ts";
export { openSchemaStore, type SchemaStore } from "./schema/schema-store.ts";
export type { TextAnswer } from "./text-calls.ts";
export type { Change } from "./watch/follow.ts";
