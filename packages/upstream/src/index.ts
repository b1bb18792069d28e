export type { Credential } from "./credential.ts";
export { dockerConfigPlaces } from "./docker-config-places.ts";
export { findDockerLogin, type LoginQuestion } from "./docker-login.ts";
export { formatTime } from "./expiry.ts";
export type { FactId, ProbeFact } from "./facts.ts";
export { findForeignRealm } from "./foreign-realm.ts";
export { type Image, readImage } from "./manifest.ts";
export { type ProbeReport, type ProbeRequest, probe } from "./probe.ts";
