import { duration, flag, group, list, long, opaque, table, text, whole } from "./field.ts";
import type { Schema } from "./schema.ts";
import { autoscaling } from "./shoot-autoscaling.ts";
import { objectReference } from "./shoot-reference.ts";

const admissionPlugin = group(
  "An admission plugin.",
  {
    name: text("The plugin's name, such as PodSecurity."),
    config: opaque("The plugin's own configuration."),
    disabled: flag("Switches the plugin off. Some plugins cannot be."),
    kubeconfigSecretName: text("A Secret with a kubeconfig for the plugin, which spec.resources must list.", {
      reference: "Secret of spec.resources",
    }),
  },
  { required: ["name"] },
);

const encryption: Schema = group(
  "What is encrypted in etcd, and how.",
  {
    resources: list(
      "Kinds that are encrypted beside Secrets, such as configmaps.",
      text("A kind that is encrypted, with its group where it has one."),
    ),
    provider: group("How etcd is encrypted.", {
      type: text("The cipher for what is stored in etcd.", {
        enum: ["aescbc", "aesgcm", "secretbox"],
        default: "aescbc",
      }),
    }),
  },
  { required: ["provider"] },
);

const structuredAuthorization = group(
  "Authorization by several authorizers, webhooks among them.",
  {
    configMapName: text("The ConfigMap with the AuthorizationConfiguration.", { reference: "ConfigMap" }),
    kubeconfigs: list(
      "How the API server reaches each webhook.",
      group(
        "The kubeconfig of one webhook.",
        {
          authorizerName: text("The name of the webhook in the configuration."),
          secretName: text("The Secret with the webhook's kubeconfig.", { reference: "Secret" }),
        },
        { required: ["authorizerName", "secretName"] },
      ),
    ),
  },
  { required: ["configMapName", "kubeconfigs"] },
);

/** spec.kubernetes.kubeAPIServer */
export const kubeApiServer: Schema = group("Settings of the API server.", {
  featureGates: table("Feature gates of the API server.", flag("Whether the API server has the feature.")),
  admissionPlugins: list("Admission plugins to configure or to switch off.", admissionPlugin, { mergeKey: "name" }),
  apiAudiences: list(
    "Whom tokens of service accounts are for. Default: the issuer.",
    text("An audience that tokens may be for."),
  ),
  auditConfig: group("Which requests are recorded.", {
    auditPolicy: group("Where the audit policy is.", {
      configMapRef: objectReference("The ConfigMap with the audit policy, under the key policy.", "the ConfigMap", {
        reference: "ConfigMap",
      }),
    }),
  }),
  runtimeConfig: table(
    "API groups and versions to serve or to leave out.",
    flag("Whether the group and version is served."),
  ),
  serviceAccountConfig: group("Tokens of service accounts.", {
    issuer: text("Who issues the tokens: a URL. Gardener chooses one by itself."),
    extendTokenExpiration: flag("Lets tokens of pods live a year instead of an hour. Gardener turns it off by itself."),
    maxTokenExpiration: duration("The longest life that a token may have, from 720h to 2160h."),
    acceptedIssuers: list("Further issuers whose tokens are taken.", text("An issuer whose tokens are taken.")),
  }),
  watchCacheSizes: group("How many objects the API server keeps for watches.", {
    default: whole("The size for all kinds that are not listed. It has no effect any more.", {
      deprecated: "the API server finds the size by itself",
      until: "1.35",
    }),
    resources: list(
      "Sizes by kind.",
      group(
        "The size for one kind.",
        {
          apiGroup: text("The kind's API group; empty for the core group."),
          resource: text("The kind's name in the plural, such as secrets."),
          size: whole("How many objects of the kind are kept; 0 keeps none."),
        },
        { required: ["resource", "size"] },
      ),
    ),
  }),
  requests: group("How many requests the API server works on at the same time.", {
    maxNonMutatingInflight: whole("How many reading requests may run at the same time.", { default: 400 }),
    maxMutatingInflight: whole("How many writing requests may run at the same time.", { default: 200 }),
  }),
  enableAnonymousAuthentication: flag("Lets requests without credentials in as an anonymous user.", {
    deprecated: "configure anonymous access in the file that structuredAuthentication names",
    until: "1.35",
  }),
  eventTTL: duration("How long events are kept, at most 168h.", { default: "1h" }),
  logging: group("What the API server logs.", {
    verbosity: whole("How much the API server logs.", { default: 2 }),
    httpAccessVerbosity: whole("How much the API server logs of each request."),
  }),
  defaultNotReadyTolerationSeconds: long(
    "How many seconds a pod stays on a node that is not ready, where it says nothing itself.",
    { default: 300 },
  ),
  defaultUnreachableTolerationSeconds: long(
    "How many seconds a pod stays on a node that is out of reach, where it says nothing itself.",
    { default: 300 },
  ),
  encryptionConfig: encryption,
  structuredAuthentication: group(
    "Authentication by several issuers of tokens.",
    {
      configMapName: text("The ConfigMap with the AuthenticationConfiguration.", { reference: "ConfigMap" }),
    },
    { required: ["configMapName"] },
  ),
  structuredAuthorization,
  autoscaling: autoscaling("the API server"),
  tlsMinVersion: text("The oldest version of TLS that the API server speaks.", {
    enum: ["VersionTLS12", "VersionTLS13"],
  }),
});
