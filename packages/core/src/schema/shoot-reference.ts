import { group, type More, text } from "./field.ts";
import type { Schema } from "./schema.ts";

/** A reference as Kubernetes has it for any object; Gardener reads only some of its fields. */
export function objectReference(description: string, what: string, name?: More): Schema {
  return group(description, {
    kind: text(`The kind of ${what}.`),
    namespace: text(`The namespace of ${what}.`),
    name: text(`The name of ${what}.`, name),
    uid: text(`The unique identifier of ${what}.`),
    apiVersion: text(`The API group and version of ${what}.`),
    resourceVersion: text(`The version that ${what} had when it was looked at. Gardener sets it where it needs it.`),
    fieldPath: text(`A part of ${what}. Gardener does not read it.`),
  });
}
