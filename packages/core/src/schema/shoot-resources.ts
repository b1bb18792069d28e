import { flag, group, list, opaque, text } from "./field.ts";
import type { Schema } from "./schema.ts";

/** spec.extensions */
export const extensions: Schema = list(
  "Extensions and their configuration.",
  group(
    "An extension.",
    {
      type: text("The extension's type, such as registry-cache or registry-mirror. Each type may stand here once.", {
        reference: "Extension of a ControllerRegistration",
      }),
      providerConfig: opaque(
        "The extension's own configuration; for registry-cache a RegistryConfig, for registry-mirror a MirrorConfig.",
      ),
      disabled: flag("Switches the extension off. A disabled registry-cache is deleted, with its disks."),
    },
    { required: ["type"] },
  ),
);

/** spec.resources */
export const resources: Schema = list(
  "Objects of the project namespace that the Shoot refers to.",
  group(
    "An object that the Shoot refers to.",
    {
      name: text("The name by which the Shoot refers to the object; secretReferenceName points here."),
      resourceRef: group(
        "The object in the project namespace.",
        {
          kind: text("The object's kind. The registry cache takes only a Secret.", {
            enum: ["Secret", "ConfigMap", "WorkloadIdentity"],
            judgedBy: "RC223",
          }),
          name: text("The object's name; a rotation changes it from one version to the next.", {
            reference: "object of the kind",
          }),
          apiVersion: text(
            "The object's version: v1 for a Secret or ConfigMap, security.gardener.cloud/v1alpha1 for a WorkloadIdentity.",
            { enum: ["v1", "security.gardener.cloud/v1alpha1"], judgedBy: "RC223" },
          ),
        },
        { required: ["kind", "name", "apiVersion"] },
      ),
    },
    { required: ["name", "resourceRef"] },
  ),
);
