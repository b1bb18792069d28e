import type { Authorizer, UserInfo } from "../api-server/exchange.ts";
import { type FieldCause, forbidden, invalid } from "../api-server/failure.ts";
import { type ApiObject, isSameJson, listIn, textIn } from "../api-server/object.ts";
import type { WriteContext } from "../api-server/resource.ts";
import type { Store } from "../api-server/store.ts";
import { askExtension } from "./extension-admission.ts";
import { operationAnnotation, operationsOf, referencesOf } from "./shoot-fields.ts";

/** What admission stands on. */
export interface AdmissionParts {
  readonly store: Store;
  readonly authorize: Authorizer;
}

const shoots = "shoots.core.gardener.cloud";

/** Refuses what gardener-apiserver refuses of a Shoot, and then what the extension's webhooks refuse. */
export async function admitShoot(
  parts: AdmissionParts,
  shoot: ApiObject,
  old: ApiObject | undefined,
  { user }: WriteContext,
): Promise<void> {
  const causes = [...specCauses(shoot, old), ...operationCauses(shoot), ...resourceCauses(shoot)];
  if (causes.length > 0) throw invalid("Shoot.core.gardener.cloud", shoot.metadata.name, causes);
  const same = old !== undefined && isSameJson(old["spec"], shoot["spec"]);
  if (!same && shoot.metadata.deletionTimestamp === undefined) await admitReferences(parts, shoot, old, user);
  // Webhooks see every update; that of the mirrors even looks at those that leave all as it was.
  await askExtension(parts.store, shoot, old);
}

/** Nobody deletes a Shoot by accident. */
export async function admitShootDeletion({ metadata }: ApiObject): Promise<void> {
  if (metadata.annotations?.["confirmation.gardener.cloud/deletion"] === "true") return;
  throw forbidden(shoots, metadata.name, 'must have a "confirmation.gardener.cloud/deletion" annotation to delete');
}

function specCauses(shoot: ApiObject, old: ApiObject | undefined): readonly FieldCause[] {
  if (old?.metadata.deletionTimestamp === undefined || isSameJson(old["spec"], shoot["spec"])) return [];
  const message = "Forbidden: cannot update shoot spec if deletion timestamp is set";
  return [{ reason: "FieldValueForbidden", message, field: "spec" }];
}

/** Some operations go with no other. (pkg/api/core/validation/shoot.go:74) */
function operationCauses(shoot: ApiObject): readonly FieldCause[] {
  const operations = operationsOf(shoot);
  const alone = operations.find((it) => ["retry", "maintain", "force-in-place-update"].includes(it));
  if (operations.length < 2 || alone === undefined) return [];
  const message = `Forbidden: operation "${alone}" cannot be combined with others`;
  return [{ reason: "FieldValueForbidden", message, field: `metadata.annotations[${operationAnnotation}]` }];
}

const allowed = ["v1/Secret", "v1/ConfigMap", "security.gardener.cloud/v1alpha1/WorkloadIdentity"];

function resourceCauses(shoot: ApiObject): readonly FieldCause[] {
  const entries = listIn(shoot, "spec", "resources");
  const names = entries.map((it) => textIn(it, "name") ?? "");
  return entries.flatMap((entry, index): readonly FieldCause[] => {
    const path = `spec.resources[${index}]`;
    const name = names[index] ?? "";
    const kind = `${textIn(entry, "resourceRef", "apiVersion")}/${textIn(entry, "resourceRef", "kind")}`;
    if (name === "") return [required(`${path}.name`)];
    if (names.indexOf(name) !== index)
      return [{ reason: "FieldValueDuplicate", message: `Duplicate value: "${name}"`, field: `${path}.name` }];
    if (!allowed.includes(kind)) {
      const message = `Unsupported value: "${kind}": supported values: ${allowed.map((it) => `"${it}"`).join(", ")}`;
      return [{ reason: "FieldValueNotSupported", message, field: `${path}.resourceRef` }];
    }
    return textIn(entry, "resourceRef", "name") ? [] : [required(`${path}.resourceRef.name`)];
  });
}

function required(field: string): FieldCause {
  return { reason: "FieldValueRequired", message: "Required value", field };
}

/**
 * When spec.resources differs, every entry must be readable by the user and exist; other references must exist. Both are
 * answered by 403. (plugin/pkg/shoot/resourcereferencemanager/admission.go)
 */
async function admitReferences(
  { store, authorize }: AdmissionParts,
  shoot: ApiObject,
  old: ApiObject | undefined,
  user: UserInfo,
): Promise<void> {
  const { namespace = "", name: shootName } = shoot.metadata;
  const entriesDiffer = !isSameJson(listIn(shoot, "spec", "resources"), listIn(old, "spec", "resources"));
  const entries = new Set(listIn(shoot, "spec", "resources").map((it) => textIn(it, "resourceRef", "name")));
  const before = old === undefined ? [] : referencesOf(old);
  for (const { resource, name } of referencesOf(shoot)) {
    const changed = !before.some((it) => it.resource === resource && it.name === name);
    if (!changed && !(entriesDiffer && entries.has(name))) continue;
    const [plural = resource, ...group] = resource.split(".");
    const access = { verb: "get", group: group.join("."), resource: plural, subresource: "", namespace, name };
    if (entries.has(name) && !(await authorize(user, access)))
      throw forbidden(shoots, shootName, "shoot cannot reference a resource you are not allowed to read");
    if ((await store.get({ resource, namespace, name })) === undefined)
      throw forbidden(shoots, shootName, `${resource} "${name}" not found`);
  }
}
