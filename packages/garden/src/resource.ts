/** A kind of object by the names that its address is made of. */
export interface Resource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

/** One object, or a sub-resource of it. */
export interface ObjectRef {
  readonly resource: Resource;
  /** Absent for what has no namespace. */
  readonly namespace?: string;
  readonly name: string;
}

/** An object as the API gives it. */
export interface ApiObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

/** What every object has, as far as we use it. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
  readonly [field: string]: unknown;
}

const core = { group: "", version: "v1" };
const gardener = { group: "core.gardener.cloud", version: "v1beta1" };
const security = { group: "security.gardener.cloud", version: "v1alpha1" };

/** The resources that we ask for by name. */
export const resources: {
  readonly [name in
    | "secrets"
    | "configMaps"
    | "shoots"
    | "projects"
    | "secretBindings"
    | "seeds"
    | "controllerRegistrations"
    | "credentialsBindings"
    | "workloadIdentities"]: Resource;
} = {
  secrets: { ...core, plural: "secrets" },
  configMaps: { ...core, plural: "configmaps" },
  shoots: { ...gardener, plural: "shoots" },
  projects: { ...gardener, plural: "projects" },
  secretBindings: { ...gardener, plural: "secretbindings" },
  seeds: { ...gardener, plural: "seeds" },
  controllerRegistrations: { ...gardener, plural: "controllerregistrations" },
  credentialsBindings: { ...security, plural: "credentialsbindings" },
  workloadIdentities: { ...security, plural: "workloadidentities" },
};

/** The address of a resource, in a namespace where one is given. */
export function collectionPath({ group, version, plural }: Resource, namespace?: string): string {
  const root = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  return namespace === undefined
    ? `${root}/${plural}`
    : `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}

/** The address of an object. */
export function objectPath({ resource, namespace, name }: ObjectRef): string {
  return `${collectionPath(resource, namespace)}/${encodeURIComponent(name)}`;
}

/** Objects of these hold what no error may repeat. */
export function isConfidential({ group, plural }: Resource): boolean {
  return group === "" && plural === "secrets";
}

/** The answer of a server, as an object. */
export function asObject(value: unknown): ApiObject | undefined {
  return isObject(value) ? value : undefined;
}

function isObject(value: unknown): value is ApiObject {
  if (typeof value !== "object" || value === null || !("metadata" in value)) return false;
  return typeof value.metadata === "object" && value.metadata !== null;
}
