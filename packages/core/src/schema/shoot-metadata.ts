import { flag, group, list, long, moment, table, text } from "./field.ts";
import type { Schema } from "./schema.ts";

const operations = [
  "reconcile",
  "maintain",
  "retry",
  "force-in-place-update",
  "rotate-ca-start",
  "rotate-ca-start-without-workers-rollout",
  "rotate-ca-complete",
  "rotate-observability-credentials",
  "rotate-ssh-keypair",
  "rotate-rollout-workers",
  "rollout-workers",
  "rotate-credentials-start",
  "rotate-credentials-start-without-workers-rollout",
  "rotate-credentials-complete",
  "rotate-etcd-encryption-key",
  "rotate-etcd-encryption-key-start",
  "rotate-etcd-encryption-key-complete",
  "rotate-serviceaccount-key-start",
  "rotate-serviceaccount-key-start-without-workers-rollout",
  "rotate-serviceaccount-key-complete",
] as const;

/** These are for at once only: the maintenance window has its own ways to do them. */
const notInMaintenance: readonly string[] = ["maintain", "retry", "force-in-place-update"];

const annotations: Schema = {
  ...table("Annotations. Gardener reads some of them as orders.", text("The value of an annotation.")),
  properties: {
    "gardener.cloud/operation": text(
      "What Gardener is to do at once, apart from changes of the spec. It is removed when the operation starts.",
      { enum: operations, separator: ";" },
    ),
    "maintenance.gardener.cloud/operation": text("What Gardener is to do in the next maintenance window.", {
      enum: operations.filter((it) => !notInMaintenance.includes(it)),
      separator: ";",
    }),
    "confirmation.gardener.cloud/deletion": text("Without it set to true the server refuses to delete the Shoot.", {
      enum: ["true"],
      lenient: true,
    }),
  },
};

const ownerReference = group(
  "An object that owns the Shoot.",
  {
    apiVersion: text("The owner's API group and version."),
    kind: text("The owner's kind."),
    name: text("The owner's name."),
    uid: text("The owner's unique identifier."),
    controller: flag("Whether the owner is the controller that manages the Shoot."),
    blockOwnerDeletion: flag("Whether the owner's deletion waits until the Shoot is gone."),
  },
  { required: ["apiVersion", "kind", "name", "uid"] },
);

/** metadata of a Shoot. */
export const metadata: Schema = group("Name, namespace, labels and annotations.", {
  name: text("The Shoot's name, unique in its project.", { immutable: "always" }),
  generateName: text("A prefix from which the server makes a unique name, where `name` is not set."),
  namespace: text("The project's namespace, usually garden- and the project's name.", { immutable: "always" }),
  uid: text("Tells this Shoot from any other of the same name, before or after it.", { readOnly: true }),
  resourceVersion: text("Changes with every write; an update that carries an old one is refused.", { readOnly: true }),
  generation: long("Counts the changes of the spec that are to be rolled out.", { readOnly: true }),
  creationTimestamp: moment("When the Shoot was created.", { readOnly: true }),
  deletionTimestamp: moment("When the deletion was asked for; from then on the spec cannot change.", {
    readOnly: true,
  }),
  labels: table("Labels, by which Shoots are selected.", text("The value of a label.")),
  annotations,
  ownerReferences: list("The objects that own the Shoot; when all are gone, so is it.", ownerReference, {
    mergeKey: "uid",
  }),
  finalizers: list(
    "Names of those who must agree before the Shoot disappears. Gardener sets its own.",
    text("The name of one who must agree to the deletion."),
  ),
  // Exported manifests carry these too.
  managedFields: { description: "Who set which field.", readOnly: true },
  selfLink: { description: "The address of the Shoot, which servers no longer fill in.", readOnly: true },
  deletionGracePeriodSeconds: { description: "How long the deletion may take.", readOnly: true },
});
