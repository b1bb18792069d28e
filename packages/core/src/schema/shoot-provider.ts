import { flag, group, list, opaque, text } from "./field.ts";
import type { Schema } from "./schema.ts";
import { worker } from "./shoot-worker.ts";

/** spec.provider */
export const provider: Schema = group(
  "The infrastructure that the cluster runs on.",
  {
    type: text("The provider's type, such as aws or gcp.", {
      immutable: "always",
      reference: "Infrastructure and Worker extension",
    }),
    controlPlaneConfig: opaque("The provider's own configuration of the control plane."),
    infrastructureConfig: opaque("The provider's own configuration of networks and the like."),
    workers: list("The worker pools. A Shoot without any has no nodes, and cannot have a registry cache.", worker, {
      mergeKey: "name",
    }),
    workersSettings: group("Settings for all worker pools.", {
      sshAccess: group(
        "Access to the nodes by SSH.",
        { enabled: flag("Lets SSH in. Where false, the SSH service is stopped on all nodes.", { default: true }) },
        { required: ["enabled"] },
      ),
    }),
  },
  { required: ["type"] },
);
