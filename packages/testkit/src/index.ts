export type { AccessGrant } from "./api-server/access-rules.ts";
export { failed } from "./api-server/answer.ts";
export { type ApiServer, type ApiServerOptions, startApiServer } from "./api-server/api-server.ts";
export { type Clock, createVirtualClock, realClock, type VirtualClock } from "./api-server/clock.ts";
export type { Access, ApiHandler, ApiRequest, ApiResponse, Authorizer, UserInfo } from "./api-server/exchange.ts";
export { ApiFailure, type FailureStatus } from "./api-server/failure.ts";
export { createFaults, type Fault, type FaultEffect, type Faults } from "./api-server/fault.ts";
export { createResourceHandler, type HandlerParts, type ResourceHandler } from "./api-server/handler.ts";
export { answerHttp, type FrontParts, type RequestRecord } from "./api-server/http-front.ts";
export { MemoryStore } from "./api-server/memory-store.ts";
export type { ApiObject, ObjectMeta } from "./api-server/object.ts";
export { type OpenApiDocuments, withOpenApi } from "./api-server/open-api.ts";
export type { ResourceDefinition, TextReply, TextRequest, WriteContext } from "./api-server/resource.ts";
export type { ObjectKey, Store, StoreEvent, StoreList } from "./api-server/store.ts";
export { type Authority, type Certificate, type CertificateRequest, createAuthority } from "./certificates.ts";
export { type CachedShoot, cachedShoot } from "./gardener/cached-shoot.ts";
export { createGardenerSimulator, type SimulatorOptions } from "./gardener/create-simulator.ts";
export type { ShootKubeconfigWriter } from "./gardener/kubeconfig-action.ts";
export { gardenerOpenApi, type OpenApiChanges } from "./gardener/open-api.ts";
export type { GardenerHost, GardenerSimulator, GardenSettings, ReconcilePlan } from "./gardener/simulator.ts";
export { growthOf, inStep } from "./growth.ts";
export { type KubeconfigRequest, kubeconfigFor, writeKubeconfig } from "./kubeconfig.ts";
export {
  createLspClient,
  type LspAnswer,
  type LspAnswerer,
  type LspClient,
  type LspMessage,
  type LspTransport,
} from "./lsp-client.ts";
export { frame, ipcTransport, stdioTransport } from "./lsp-stdio.ts";
export { type Files, type Mark, type Marked, readCursor, readFiles, readMarks, showSpans } from "./marks.ts";
export { makePipe, pipes } from "./pipe.ts";
export { lacks, type Requirement } from "./requirements.ts";
export { type RotationShoot, rotationSecret, rotationShoot } from "./rotation-texts.ts";
export { makeScratch } from "./scratch.ts";
export { type ShootLists, shootWith } from "./shoot.ts";
