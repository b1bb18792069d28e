import { type ApiObject, fieldIn, listIn, textIn } from "../api-server/object.ts";

/** What may be done by an annotation. */
export const operationAnnotation = "gardener.cloud/operation";
/** Holds a Shoot until its cluster is gone. */
export const gardenerFinalizer = "gardener";
/** Holds what a Shoot refers to, and the Shoot that refers. */
export const referenceFinalizer = "gardener.cloud/reference-protection";

/** The operations that an annotation asks for. */
export function operationsOf({ metadata }: ApiObject): readonly string[] {
  const text = metadata.annotations?.[operationAnnotation] ?? "";
  return text === "" ? [] : text.split(";");
}

/** Whether spec changes wait for the maintenance window. */
export function isConfined(shoot: ApiObject): boolean {
  return fieldIn(shoot, "spec", "maintenance", "confineSpecUpdateRollout") === true;
}

/** Whether the Shoot is to sleep. */
export function wantsSleep(shoot: ApiObject): boolean {
  return fieldIn(shoot, "spec", "hibernation", "enabled") === true;
}

/** The last operation, as far as rules ask for it. */
export interface LastOperation {
  readonly type: string;
  readonly state: string;
  readonly lastUpdateTime: string;
}

/** The last operation of a Shoot; undefined before the first. */
export function lastOperationOf(shoot: ApiObject): LastOperation | undefined {
  const type = textIn(shoot, "status", "lastOperation", "type");
  if (type === undefined) return undefined;
  return {
    type,
    state: textIn(shoot, "status", "lastOperation", "state") ?? "",
    lastUpdateTime: textIn(shoot, "status", "lastOperation", "lastUpdateTime") ?? "",
  };
}

/** The generation that the last run has seen. */
export function observedGenerationOf(shoot: ApiObject): number {
  return Number(fieldIn(shoot, "status", "observedGeneration") ?? 0);
}

/** Something that a Shoot refers to in its namespace. */
export interface ShootReference {
  /** The full name of the resource, as stores have it. */
  readonly resource: string;
  readonly name: string;
}

const kinds: { readonly [kind: string]: string } = {
  Secret: "secrets",
  ConfigMap: "configmaps",
  WorkloadIdentity: "workloadidentities.security.gardener.cloud",
};

/** Everything that counts as a reference of a Shoot. (pkg/controllermanager/controller/shoot/reference/add.go) */
export function referencesOf(shoot: ApiObject): readonly ShootReference[] {
  const server = fieldIn(shoot, "spec", "kubernetes", "kubeAPIServer");
  const refs = [
    ...listIn(shoot, "spec", "resources").map((it) => fieldIn(it, "resourceRef")),
    ...listIn(shoot, "spec", "dns", "providers").map((it) => fieldIn(it, "credentialsRef")),
  ].map((it) => reference(textIn(it, "kind"), textIn(it, "name")));
  const secrets = [
    ...listIn(server, "admissionPlugins").map((it) => textIn(it, "kubeconfigSecretName")),
    ...listIn(server, "structuredAuthorization", "kubeconfigs").map((it) => textIn(it, "secretName")),
    ...listIn(shoot, "spec", "dns", "providers").map((it) => textIn(it, "secretName")),
  ].map((it) => reference("Secret", it));
  const configMaps = [
    textIn(server, "auditConfig", "auditPolicy", "configMapRef", "name"),
    textIn(server, "structuredAuthentication", "configMapName"),
    textIn(server, "structuredAuthorization", "configMapName"),
  ].map((it) => reference("ConfigMap", it));
  return [...refs, ...secrets, ...configMaps].flatMap((it) => (it === undefined ? [] : [it]));
}

function reference(kind = "", name = ""): ShootReference | undefined {
  const resource = kinds[kind];
  return resource === undefined || name === "" ? undefined : { resource, name };
}
