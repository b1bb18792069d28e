import type { RuntimeCode } from "./runtime-code.ts";

type RunningCodeName =
  | "upstreamUntrusted"
  | "upstreamScheme"
  | "upstreamUnreachableAtStart"
  | "configurationUnreadable"
  | "cacheCrashes"
  | "cacheNotReady"
  | "volumePending"
  | "volumeFull"
  | "namesCollide"
  | "strayService"
  | "serviceMissing"
  | "loginOutdated"
  | "loginRejected"
  | "realmWithheld"
  | "upstreamUnreachable"
  | "certificateExpires";

/** What doctor finds in caches that run, or should. */
export const runningCodes: { readonly [name in RunningCodeName]: RuntimeCode } = {
  upstreamUntrusted: {
    code: "RC501",
    name: "upstream-untrusted",
    severity: "error",
    docs: {
      summary: "The cache does not start, since it does not trust the certificate of its upstream.",
      why: "At its start the registry asks the upstream once and ends when that fails. It trusts public authorities only; Gardener has no field for another one.",
      next: "Give the upstream a certificate of a public authority, or reach it by the registry-mirror extension, which takes a CA bundle.",
    },
  },
  upstreamScheme: {
    code: "RC502",
    name: "upstream-scheme",
    severity: "error",
    docs: {
      summary: "The cache does not start, since `remoteURL` has the wrong scheme.",
      why: "At its start the registry asks the upstream once and ends when that fails. With `http://` to a port with TLS, or `https://` to one without, it fails each time.",
      next: "Correct the scheme in `remoteURL` of the cache.",
    },
  },
  upstreamUnreachableAtStart: {
    code: "RC503",
    name: "upstream-unreachable-at-start",
    severity: "error",
    docs: {
      summary: "The cache does not start, since it does not reach its upstream.",
      why: "At its start the registry asks the upstream once and ends when that fails. Until then it serves nothing, not even what it holds; nodes go to the upstream themselves.",
      next: "See that the cluster can resolve and reach the upstream's host: its DNS, firewalls, and the proxy of the cache.",
    },
  },
  configurationUnreadable: {
    code: "RC504",
    name: "configuration-unreadable",
    severity: "error",
    docs: {
      summary: "The cache does not start, since the registry cannot read its config.yml.",
      why: "The extension writes the username without quotes into a YAML file. Some first characters, or a control character in the password, break it.",
      next: "Rotate to a login without such characters: `kubectl registry-cache lint` names them, `kubectl registry-cache rotate` replaces the Secret.",
    },
  },
  cacheCrashes: {
    code: "RC505",
    name: "cache-crashes",
    severity: "error",
    docs: {
      summary: "The cache ends again and again.",
      why: "While it is down, nodes go to the upstream themselves, and pods without a pull secret cannot pull from a private one.",
      next: "Read the log of the ended container, which the evidence quotes.",
    },
  },
  cacheNotReady: {
    code: "RC506",
    name: "cache-not-ready",
    severity: "error",
    docs: {
      summary: "A cache of the Shoot has no pod that is ready.",
      why: "Nodes go to the upstream themselves until it is.",
      next: "See the events of its pod and StatefulSet; after a change of the Shoot wait for its reconciliation.",
    },
  },
  volumePending: {
    code: "RC507",
    name: "volume-pending",
    severity: "error",
    docs: {
      summary: "The volume of a cache is not provisioned.",
      why: "The pod waits for it and never starts.",
      next: "See the events of the claim. A storage class that does not exist is the usual cause; it cannot be changed, so remove the cache and add it again.",
    },
  },
  volumeFull: {
    code: "RC508",
    name: "volume-full",
    severity: "error",
    docs: {
      summary: "The volume of a cache is full, or almost.",
      why: "What does not fit is passed on without being kept, so every such pull goes to the upstream.",
      next: "The size of a volume cannot be changed. Set a shorter `garbageCollection.ttl`, or remove the cache and add it again with a larger one.",
    },
  },
  namesCollide: {
    code: "RC509",
    name: "names-collide",
    severity: "error",
    docs: {
      summary: "Two caches have one derived name.",
      why: "Their objects overwrite each other, the extension finds fewer Services than caches, and every reconciliation of the Shoot fails.",
      next: "Remove one of the caches.",
    },
  },
  strayService: {
    code: "RC510",
    name: "stray-service",
    severity: "error",
    docs: {
      summary: "A Service carries the label `upstream-host` and belongs to no cache.",
      why: "The extension counts the Services with this label and reconciles only when there are as many as caches.",
      next: "Take the label off the Service, or delete it when nobody needs it.",
    },
  },
  serviceMissing: {
    code: "RC511",
    name: "service-missing",
    severity: "error",
    docs: {
      summary: "A cache of the Shoot has no Service.",
      why: "Nodes are told the address of the Service, so they do not use this cache.",
      next: "Wait for the reconciliation of the Shoot, or see in its status why it fails.",
    },
  },
  loginOutdated: {
    code: "RC512",
    name: "login-outdated",
    severity: "error",
    docs: {
      summary: "The cache runs with another configuration or login than the Shoot and its Secret say.",
      why: "Credentials are read once, at the start. A Secret that was deleted and created again under its name, or a Shoot that was not reconciled, leaves the old ones in use.",
      next: "Reconcile the Shoot (annotation `gardener.cloud/operation=reconcile`), or rotate to a Secret of a new name.",
    },
  },
  loginRejected: {
    code: "RC513",
    name: "login-rejected",
    severity: "error",
    docs: {
      summary: "The upstream rejects the login of the cache.",
      why: "What is cached is served on, even when it is stale. For everything else a tag is answered by 404 and a digest by 500, public images included, while the cache looks healthy.",
      next: "Replace the credential: `kubectl registry-cache rotate`.",
    },
  },
  realmWithheld: {
    code: "RC514",
    name: "realm-withheld",
    severity: "error",
    docs: {
      summary: "The cache does not send its login, since the upstream's tokens come from another domain.",
      why: "From version 3.1.0 on the registry sends credentials only to a token server on the upstream's own host or registrable domain. Otherwise it asks as nobody, without an error.",
      next: "Set `remoteURL` to a host of the token server's domain, or ask the upstream's operator for a realm on its own.",
    },
  },
  upstreamUnreachable: {
    code: "RC515",
    name: "upstream-unreachable",
    severity: "error",
    docs: {
      summary: "The cache runs, but does not reach its upstream now.",
      why: "It serves what it holds. When it restarts before the upstream is back, it does not start at all.",
      next: "See that the cluster can resolve and reach the upstream's host: its DNS, firewalls, and the proxy of the cache.",
    },
  },
  certificateExpires: {
    code: "RC516",
    name: "certificate-expires",
    severity: "error",
    docs: {
      summary: "A certificate of the caches has expired or soon will.",
      why: "Nodes refuse the cache then and go to the upstream themselves.",
      next: "Reconcile the Shoot, which renews the certificates of caches; for the authority rotate the Shoot's CAs. With the cluster profile deploy again.",
    },
  },
};
