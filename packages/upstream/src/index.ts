export type { Credential } from "./credential.ts";
export type { FactId, ProbeFact } from "./facts.ts";
export { type Image, readImage } from "./manifest.ts";
export { type ProbeReport, type ProbeRequest, probe } from "./probe.ts";
