import { flag, group, list, long, moment, text, whole } from "./field.ts";
import type { Schema } from "./schema.ts";

const codes: Schema = list(
  "What kind of problem it is.",
  text("The code of a problem.", {
    enum: [
      "ERR_INFRA_UNAUTHENTICATED",
      "ERR_INFRA_UNAUTHORIZED",
      "ERR_INFRA_QUOTA_EXCEEDED",
      "ERR_INFRA_RATE_LIMITS_EXCEEDED",
      "ERR_INFRA_DEPENDENCIES",
      "ERR_RETRYABLE_INFRA_DEPENDENCIES",
      "ERR_INFRA_RESOURCES_DEPLETED",
      "ERR_CLEANUP_CLUSTER_RESOURCES",
      "ERR_CONFIGURATION_PROBLEM",
      "ERR_RETRYABLE_CONFIGURATION_PROBLEM",
      "ERR_PROBLEMATIC_WEBHOOK",
    ],
  }),
);

const conditionTypes = [
  "APIServerAvailable",
  "ControlPlaneHealthy",
  "EveryNodeReady",
  "SystemComponentsHealthy",
  "HibernationPossible",
  "MaintenancePreconditionsSatisfied",
  "CACertificateValiditiesAcceptable",
  "CRDsWithProblematicConversionWebhooks",
  "ManualInPlaceWorkersUpdated",
  "HasIgnoredManagedResources",
  "AutomaticCredentialsRotationPossible",
  "ReadyForMigration",
  "DualStackNodesMigrationReady",
  "DNSServiceMigrationReady",
  "UsesUnifiedHTTPProxyPort",
  "PreservedFailedMachinesAbsent",
  "SourceEtcdPreparedForPeerJoin",
  "DestinationEtcdPeersJoined",
  "MigrateExtensionsNeededBeforeKubeAPIServer",
  "DestinationKubeAPIServerReady",
  "MigrateDNSRecords",
  "EtcdMigrationComplete",
  "SourceSeedCleanup",
  "MigrationCompleted",
] as const;

function conditions(description: string, one: string): Schema {
  const condition = group(
    one,
    {
      type: text("What is judged.", { enum: conditionTypes }),
      status: text("The judgement.", { enum: ["True", "False", "Unknown", "Progressing"] }),
      lastTransitionTime: moment("When the judgement last changed."),
      lastUpdateTime: moment("When anything of it last changed."),
      reason: text("The reason for the judgement, in one word."),
      message: text("The reason for the judgement, in a sentence."),
      codes,
    },
    { required: ["type", "status", "lastTransitionTime", "lastUpdateTime", "reason", "message"] },
  );
  return list(description, condition, { mergeKey: "type" });
}

function pendingRollouts(what: string): Schema {
  const pool = group(
    `A worker pool whose nodes still wait for ${what}.`,
    {
      name: text(`The name of a pool that waits for ${what}.`),
      lastInitiationTime: moment(`When the pool began to wait for ${what}.`),
    },
    { required: ["name"] },
  );
  return list(`The worker pools whose nodes still wait for ${what}.`, pool);
}

function times(what: string): { readonly [name: string]: Schema } {
  return {
    lastInitiationTime: moment(`When the last rotation of ${what} began.`),
    lastCompletionTime: moment(`When the last rotation of ${what} ended.`),
  };
}

function phases(what: string): { readonly [name: string]: Schema } {
  return {
    phase: text(`How far the rotation of ${what} is.`, {
      enum: [
        "Preparing",
        "PreparingWithoutWorkersRollout",
        "WaitingForWorkersRollout",
        "Prepared",
        "Completing",
        "Completed",
      ],
    }),
    ...times(what),
    lastInitiationFinishedTime: moment(`When the first half of the rotation of ${what} ended.`),
    lastCompletionTriggeredTime: moment(`When the second half of the rotation of ${what} began.`),
  };
}

const lastOperationStates = ["Processing", "Succeeded", "Error", "Failed", "Pending", "Aborted"] as const;

const rotation = group("How far the rotations of credentials are.", {
  certificateAuthorities: group(
    "The rotation of the certificate authorities.",
    {
      ...phases("the certificate authorities"),
      pendingWorkersRollouts: pendingRollouts("the new certificate authorities"),
    },
    { required: ["phase"] },
  ),
  sshKeypair: group("The rotation of the SSH key of the nodes.", times("the SSH key")),
  observability: group("The rotation of the password of the monitoring.", times("the password of the monitoring")),
  serviceAccountKey: group(
    "The rotation of the key that signs tokens of service accounts.",
    {
      ...phases("the key of service accounts"),
      pendingWorkersRollouts: pendingRollouts("the new key of service accounts"),
    },
    { required: ["phase"] },
  ),
  etcdEncryptionKey: group(
    "The rotation of the key that encrypts etcd.",
    {
      ...phases("the key of etcd"),
      autoCompleteAfterPrepared: flag("Whether the second half of the rotation follows by itself.", {
        deprecated: "it always follows by itself",
      }),
    },
    { required: ["phase"] },
  ),
});

const encryptionAtRest = group(
  "What is encrypted in etcd now, and how.",
  {
    resources: list("The kinds that are encrypted now.", text("A kind that is encrypted now.")),
    provider: group(
      "How etcd is encrypted now.",
      { type: text("The cipher in use for etcd.", { enum: ["aescbc", "aesgcm", "secretbox"] }) },
      { required: ["type"] },
    ),
  },
  { required: ["provider"] },
);

const lastOperation = group(
  "What Gardener last did, or does now.",
  {
    description: text("What the operation is at."),
    lastUpdateTime: moment("When the operation last moved on."),
    progress: whole("How much of the operation is done, in percent."),
    state: text("How the operation goes, or ended.", { enum: lastOperationStates }),
    type: text("What the operation does.", {
      enum: ["Create", "Reconcile", "Delete", "Migrate", "Restore", "LiveMigrate"],
    }),
  },
  { required: ["description", "lastUpdateTime", "progress", "state", "type"] },
);

const lastError = group(
  "An error of the last operation.",
  {
    description: text("What went wrong."),
    taskID: text("The step that went wrong."),
    codes,
    lastUpdateTime: moment("When the error was last seen."),
  },
  { required: ["description"] },
);

/** status of a Shoot: what Gardener says of the cluster. Manifests from a cluster carry it; the server ignores it. */
export const status: Schema = group(
  "What Gardener says of the cluster.",
  {
    conditions: conditions("How the cluster is.", "One aspect of how the cluster is."),
    constraints: conditions(
      "What keeps Gardener from its work on the cluster.",
      "One thing that may keep Gardener from its work.",
    ),
    gardener: group(
      "The gardenlet that last worked on the cluster.",
      {
        id: text("The identifier of the gardenlet's host."),
        name: text("The name of the gardenlet's host."),
        version: text("The gardenlet's version."),
      },
      { required: ["id", "name", "version"] },
    ),
    hibernated: flag("Whether the cluster sleeps."),
    lastOperation,
    lastErrors: list("The errors of the last operation.", lastError),
    observedGeneration: long("The generation that Gardener last worked on."),
    retryCycleStartTime: moment("Since when Gardener tries the operation again and again."),
    seedName: text("The seed that runs the control plane now."),
    technicalID: text("The namespace of the control plane in the seed.", { immutable: "always" }),
    uid: text("Tells the cluster from any other, beyond its name.", { immutable: "always" }),
    clusterIdentity: text("The cluster's identity in the whole landscape.", { immutable: "always" }),
    advertisedAddresses: list(
      "Addresses at which the cluster is reached.",
      group(
        "An address of the cluster.",
        {
          name: text("What the address is for, such as external."),
          url: text("The address as a URL."),
          application: text("Which program answers at the address."),
        },
        { required: ["name", "url"] },
      ),
      { mergeKey: "name" },
    ),
    migrationStartTime: moment("When the move to another seed began."),
    credentials: group("The state of the cluster's credentials.", { rotation, encryptionAtRest }),
    lastHibernationTriggerTime: moment("When a schedule last put the cluster to sleep or woke it."),
    lastMaintenance: group(
      "The last maintenance.",
      {
        description: text("What the last maintenance changed."),
        triggeredTime: moment("When the last maintenance began."),
        state: text("How the last maintenance ended.", { enum: lastOperationStates }),
        failureReason: text("Why the last maintenance failed."),
      },
      { required: ["description", "triggeredTime", "state"] },
    ),
    networking: group("The networks that the cluster has.", {
      pods: list("The networks of pods in use.", text("A network of pods in use.")),
      nodes: list("The networks of nodes in use.", text("A network of nodes in use.")),
      services: list("The networks of Services in use.", text("A network of Services in use.")),
      egressCIDRs: list(
        "The addresses from which the cluster's traffic leaves.",
        text("An address from which traffic leaves."),
      ),
    }),
    inPlaceUpdates: group("Updates of nodes where they are.", {
      pendingWorkerUpdates: group("The worker pools with updates that are not done.", {
        autoInPlaceUpdate: list(
          "Pools that Gardener updates by itself.",
          text("A pool that Gardener updates by itself."),
        ),
        manualInPlaceUpdate: list("Pools that wait for their owner.", text("A pool that waits for its owner.")),
      }),
    }),
    manualWorkerPoolRollout: group("Replacements of nodes that were asked for.", {
      pendingWorkersRollouts: pendingRollouts("replacement"),
    }),
    liveMigration: group("The move to another seed without an outage.", {
      conditions: conditions("How far the move is.", "One step of the move."),
    }),
  },
  { readOnly: true, required: ["gardener", "hibernated", "technicalID", "uid"] },
);
