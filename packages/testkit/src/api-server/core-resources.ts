import { invalid } from "./failure.ts";
import { type ApiObject, fieldIn, isFields, isSameJson } from "./object.ts";
import type { ResourceDefinition } from "./resource.ts";

/** The law of an immutable Secret or ConfigMap: its data stays, and so does the flag. (pkg/apis/core/validation) */
async function admitData(object: ApiObject, old: ApiObject | undefined): Promise<void> {
  const { kind, metadata } = object;
  const why = "field is immutable when `immutable` is set";
  const changed = ["data", "binaryData"].filter((it) => !isSameJson(object[it] ?? {}, old?.[it] ?? {}));
  const causes = old?.["immutable"] === true ? changed : [];
  const unset = old?.["immutable"] === true && object["immutable"] !== true ? ["immutable"] : [];
  const found = [...unset, ...causes].map((field) => ({
    reason: "FieldValueForbidden",
    message: `Forbidden: ${why}`,
    field,
  }));
  if (found.length > 0) throw invalid(kind, metadata.name, found);
}

function mergeStringData(object: ApiObject): ApiObject {
  const { stringData, ...secret } = object;
  if (!isFields(stringData)) return { type: "Opaque", ...secret };
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString("base64"),
  ]);
  const data = fieldIn(object, "data");
  return { type: "Opaque", ...secret, data: { ...(isFields(data) ? data : {}), ...Object.fromEntries(encoded) } };
}

/** A new namespace is named by a label, and held by the server itself. */
function activate(namespace: ApiObject): ApiObject {
  const { name, labels } = namespace.metadata;
  const metadata = { ...namespace.metadata, labels: { ...labels, "kubernetes.io/metadata.name": name } };
  return { ...namespace, metadata, spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } };
}

/** The type of a Secret stays, and so does what is immutable. */
async function admitSecret(object: ApiObject, old: ApiObject | undefined): Promise<void> {
  await admitData(object, old);
  if (old === undefined || object["type"] === (old["type"] ?? "Opaque")) return;
  const message = `Invalid value: ${JSON.stringify(object["type"])}: field is immutable`;
  throw invalid(object.kind, object.metadata.name, [{ reason: "FieldValueInvalid", message, field: "type" }]);
}

const core = { group: "", version: "v1", namespaced: true };

/** Secrets, ConfigMaps, Namespaces and Events, as far as clients of a garden meet them. */
export const coreResources: readonly ResourceDefinition[] = [
  {
    ...core,
    plural: "secrets",
    singular: "secret",
    kind: "Secret",
    shortNames: [],
    fields: ["apiVersion", "kind", "metadata", "data", "stringData", "type", "immutable"],
    prepareCreate: mergeStringData,
    prepareUpdate: mergeStringData,
    admit: admitSecret,
    selectable: ["type"],
  },
  {
    ...core,
    plural: "configmaps",
    singular: "configmap",
    kind: "ConfigMap",
    shortNames: ["cm"],
    fields: ["apiVersion", "kind", "metadata", "data", "binaryData", "immutable"],
    admit: admitData,
    selectable: [],
  },
  {
    ...core,
    plural: "namespaces",
    singular: "namespace",
    kind: "Namespace",
    shortNames: ["ns"],
    namespaced: false,
    prepareCreate: activate,
  },
  { ...core, plural: "events", singular: "event", kind: "Event", shortNames: ["ev"] },
];
