import { dns1123SubdomainProblems } from "@registry-cache/core";
import { conflict, invalid } from "./failure.ts";
import { type ApiObject, textIn } from "./object.ts";
import type { ResourceDefinition } from "./resource.ts";

/** Refuses a name that no object may have. */
export function checkName(kind: string, name: string): void {
  if (dns1123SubdomainProblems(name).length === 0) return;
  const message = `Invalid value: ${JSON.stringify(name)}: ${subdomainRule}`;
  throw invalid(kind, name, [{ reason: "FieldValueInvalid", message, field: "metadata.name" }]);
}

const subdomainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

/** Finalizers of a doomed object can only go. The real server says so twice. (apimachinery: pkg/api/validation/objectmeta.go) */
export function refuseNewFinalizers({ kind, metadata: old }: ApiObject, { metadata }: ApiObject): void {
  const added = (metadata.finalizers ?? []).filter((it) => old.finalizers?.includes(it) !== true);
  if (old.deletionTimestamp === undefined || added.length === 0) return;
  const list = added.map((it) => JSON.stringify(it)).join(", ");
  const message = `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`;
  const cause = { reason: "FieldValueForbidden", message, field: "metadata.finalizers" };
  throw invalid(kind, metadata.name, [cause, cause]);
}

/** Refuses a deletion whose conditions do not hold. The real server names the kind here where it names the resource elsewhere. (apiserver: pkg/registry/rest/delete.go) */
export function checkPreconditions(
  { kind, group }: ResourceDefinition,
  { metadata }: ApiObject,
  preconditions: unknown,
): void {
  const resource = group === "" ? kind : `${kind}.${group}`;
  const uid = textIn(preconditions, "uid");
  const version = textIn(preconditions, "resourceVersion");
  if (uid !== undefined && uid !== metadata.uid)
    throw conflict(
      resource,
      metadata.name,
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
  if (version !== undefined && version !== metadata.resourceVersion)
    throw conflict(
      resource,
      metadata.name,
      `the ResourceVersion in the precondition (${version}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    );
}
