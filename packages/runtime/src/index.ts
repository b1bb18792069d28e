export {
  type CacheNames,
  type CacheValues,
  type Credentials,
  type RuntimeCache,
  readRuntimeCaches,
  toRuntimeCache,
} from "./cache.ts";
export { type CertificateSpec, certificateSpecs } from "./certificates.ts";
export { type CacheChange, type CacheState, compareCaches } from "./changes.ts";
export {
  type Compared,
  type DeployStep,
  type ObjectName,
  planDeployment,
  showObject,
} from "./cluster/deployment.ts";
export { renderCluster } from "./cluster/index.ts";
export { type ClusterOptions, clusterDefaults, nodeNamespace } from "./cluster/options.ts";
export { runtimeCodes } from "./codes/index.ts";
export { renderingCodes } from "./codes/rendering.ts";
export { type RuntimeCode, runtimeCodePage } from "./codes/runtime-code.ts";
export { type ConfigFile, registryImage, renderConfigFile } from "./config-file.ts";
export { contentHash } from "./content-hash.ts";
export { diagnose } from "./doctor/index.ts";
export { probeVerdict } from "./doctor/logins.ts";
export { type NodeReading, readingSeconds, readNodeLog, renderNodeReader } from "./doctor/node-reader.ts";
export { type LoggedRefusals, readRefusals } from "./doctor/refusals.ts";
export { judgeRollOver, type RollOver, type RollTarget } from "./doctor/roll-over.ts";
export type {
  ExpectedCache,
  RuntimeFinding,
  RuntimeView,
  SeenCertificate,
  SeenClaim,
  SeenNode,
  SeenPod,
  SeenProbe,
  SeenService,
  SeenStatefulSet,
} from "./doctor/view.ts";
export {
  type RenderedCache,
  type RenderOptions,
  renderCaches,
  renderShared,
  type ServerCertificate,
} from "./gardener.ts";
export { hostsTomlPath, type RegistryHost, type RegistryHosts, renderHostsToml } from "./hosts-toml.ts";
export type { Json, KubernetesObject, Metadata } from "./kubernetes-object.ts";
export { renderMonitoring } from "./monitoring/index.ts";
export { caBundlePath, cacheHosts, clusterCaPath, endpointOf, mirrorCaPath, mirrorHosts } from "./node.ts";
export { printYaml } from "./print-yaml.ts";
export { type ManifestText, type ReadyMadeName, readyMade, readyMadeManifests, readyMadeNames } from "./ready-made.ts";
export { type CacheCounts, type CacheWorth, readCounts, sparkline, worthOf } from "./top/metrics.ts";
export { type ImageName, readImageName } from "./trace/image-name.ts";
export { type Attempt, type Trace, type TracedRegistry, traceImage } from "./trace/trace-image.ts";
