import { checkSchema, type SchemaProblem } from "../schema/check.ts";
import { mirrorConfigSchema } from "../schema/mirror-config.ts";
import { type PreparedSchema, prepareSchema } from "../schema/prepare.ts";
import { registryConfigSchema } from "../schema/registry-config.ts";
import { shootSchema } from "../schema/shoot.ts";
import type { Span } from "../text/span.ts";
import { entryOf, fieldOf, isNull, itemsOf, type MapEntry, type MapNode, type Node } from "../yaml/node.ts";
import { type ConfigType, type DecodeProblem, decodeProviderConfig } from "./decode.ts";
import { type Located, readBoolean, readString } from "./located.ts";
import { type Mirror, readMirrors } from "./mirror-config.ts";
import { type Cache, readCaches } from "./registry-config.ts";

/** A Shoot manifest. Paths count from its root, spans from the start of its file. */
export interface Shoot {
  readonly uri: string;
  readonly text: string;
  readonly root: MapNode;
  readonly name: Located<string> | undefined;
  readonly namespace: Located<string> | undefined;
  readonly workers: readonly Worker[];
  /** The list of workers as written; undefined when the Shoot says nothing about them. */
  readonly workersNode: Node | undefined;
  readonly extensions: readonly Extension[];
  readonly resources: readonly ResourceEntry[];
  /** spec.kubernetes.version */
  readonly kubernetesVersion: Located<string> | undefined;
  /** The manifest is meant to be a whole Shoot, not a patch of one or an example of a part. */
  readonly isWhole: boolean;
  /** What does not fit the Shoot's schema, outside of any providerConfig. */
  readonly schemaProblems: readonly SchemaProblem[];
  /** The first extension of type registry-cache, which is the one that its webhook looks at. */
  readonly registryCache: RegistryCacheExtension | undefined;
  /** The first extension of type registry-mirror. */
  readonly registryMirror: RegistryMirrorExtension | undefined;
}

/** A worker pool. */
export interface Worker {
  readonly index: number;
  readonly path: string;
  readonly name: Located<string> | undefined;
  readonly criName: Located<string> | undefined;
  /** The pool's own version of Kubernetes, where it has one. */
  readonly kubernetesVersion: Located<string> | undefined;
}

/** An entry of spec.extensions. */
export interface Extension {
  readonly index: number;
  readonly path: string;
  readonly span: Span;
  readonly node: Node;
  readonly type: Located<string> | undefined;
  readonly disabled: boolean;
  /** The entry of its providerConfig; undefined when absent or null. */
  readonly providerConfig: MapEntry | undefined;
  /** The path of its providerConfig, present or not. */
  readonly configPath: string;
}

/** The registry-cache extension of a Shoot, with what its providerConfig holds. */
export interface RegistryCacheExtension extends Extension {
  readonly decodeProblems: readonly DecodeProblem[];
  readonly caches: readonly Cache[];
}

/** The registry-mirror extension of a Shoot, with what its providerConfig holds. */
export interface RegistryMirrorExtension extends Extension {
  readonly decodeProblems: readonly DecodeProblem[];
  readonly mirrors: readonly Mirror[];
}

/** An entry of spec.resources: a name for an object of the project namespace. */
export interface ResourceEntry {
  readonly index: number;
  readonly path: string;
  readonly span: Span;
  readonly node: Node;
  readonly name: Located<string> | undefined;
  readonly apiVersion: Located<string> | undefined;
  readonly kind: Located<string> | undefined;
  readonly target: Located<string> | undefined;
}

const preparedShoot = prepareSchema(shootSchema);
const cacheConfig: ConfigType = {
  apiVersion: "registry.extensions.gardener.cloud/v1alpha3",
  kind: "RegistryConfig",
  schema: prepareSchema(registryConfigSchema),
};
const mirrorConfig: ConfigType = {
  apiVersion: "mirror.extensions.gardener.cloud/v1alpha1",
  kind: "MirrorConfig",
  schema: prepareSchema(mirrorConfigSchema),
};

/** Reads a Shoot, to be checked against a schema; whatever it lacks is undefined or empty. */
export function readShoot(
  { uri, text }: Pick<Shoot, "uri" | "text">,
  root: MapNode,
  schema: PreparedSchema = preparedShoot,
): Shoot {
  const metadata = fieldOf(root, "metadata");
  const spec = fieldOf(root, "spec");
  const workersNode = fieldOf(fieldOf(spec, "provider"), "workers");
  const extensions = itemsOf(fieldOf(spec, "extensions")).map((item, index) =>
    readExtension(item.value, item.span, index),
  );
  const cache = extensions.find((it) => it.type?.value === "registry-cache");
  const mirror = extensions.find((it) => it.type?.value === "registry-mirror");
  const isWhole = isWholeSpec(spec);
  const start = { start: root.span.start, end: root.span.start };
  return {
    uri,
    text,
    root,
    name: readString(metadata, "name", "metadata"),
    namespace: readString(metadata, "namespace", "metadata"),
    workers: itemsOf(workersNode).map(({ value }, index) => readWorker(value, index)),
    workersNode,
    extensions,
    resources: itemsOf(fieldOf(spec, "resources")).map(({ value, span }, index) => readResource(value, span, index)),
    kubernetesVersion: readString(fieldOf(spec, "kubernetes"), "version", "spec.kubernetes"),
    isWhole,
    schemaProblems: checkSchema(root, schema, { path: "", span: start }, { partial: !isWhole }),
    registryCache: cache && readRegistryCache(cache),
    registryMirror: mirror && readRegistryMirror(mirror),
  };
}

/**
 * A whole Shoot says where it runs and what: the provider's type, the region, the Kubernetes version and the CloudProfile.
 * Who writes three of the four means a whole Shoot, and has forgotten the fourth. A patch or an example has fewer:
 * an overlay sets a version, or a region and its CloudProfile, and leaves the rest to its base.
 */
function isWholeSpec(spec: Node | undefined): boolean {
  const signs = [
    fieldOf(fieldOf(spec, "provider"), "type"),
    fieldOf(spec, "region"),
    fieldOf(fieldOf(spec, "kubernetes"), "version"),
    fieldOf(spec, "cloudProfile") ?? fieldOf(spec, "cloudProfileName"),
  ];
  return signs.filter((it) => it !== undefined).length >= 3;
}

function readWorker(node: Node, index: number): Worker {
  const path = `spec.provider.workers[${index}]`;
  return {
    index,
    path,
    name: readString(node, "name", path),
    criName: readString(fieldOf(node, "cri"), "name", `${path}.cri`),
    kubernetesVersion: readString(fieldOf(node, "kubernetes"), "version", `${path}.kubernetes`),
  };
}

function readExtension(node: Node, span: Span, index: number): Extension {
  const path = `spec.extensions[${index}]`;
  const entry = entryOf(node, "providerConfig");
  return {
    index,
    path,
    span,
    node,
    type: readString(node, "type", path),
    disabled: readBoolean(node, "disabled", path)?.value ?? false,
    providerConfig: entry === undefined || isNull(entry.value) ? undefined : entry,
    configPath: `${path}.providerConfig`,
  };
}

function readRegistryCache(extension: Extension): RegistryCacheExtension {
  const config = extension.providerConfig;
  const decodeProblems = config ? decodeProviderConfig(config, extension.configPath, cacheConfig) : [];
  return { ...extension, decodeProblems, caches: readCaches(config?.value, extension.configPath) };
}

function readRegistryMirror(extension: Extension): RegistryMirrorExtension {
  const config = extension.providerConfig;
  const decodeProblems = config ? decodeProviderConfig(config, extension.configPath, mirrorConfig) : [];
  return { ...extension, decodeProblems, mirrors: readMirrors(config?.value, extension.configPath) };
}

function readResource(node: Node, span: Span, index: number): ResourceEntry {
  const path = `spec.resources[${index}]`;
  const reference = fieldOf(node, "resourceRef");
  return {
    index,
    path,
    span,
    node,
    name: readString(node, "name", path),
    apiVersion: readString(reference, "apiVersion", `${path}.resourceRef`),
    kind: readString(reference, "kind", `${path}.resourceRef`),
    target: readString(reference, "name", `${path}.resourceRef`),
  };
}
