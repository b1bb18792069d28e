import type { RuntimeCode } from "./runtime-code.ts";

/** What doctor finds on nodes. */
export const nodeCodes: {
  readonly [name in "hostsTomlMissing" | "hostsTomlAddress" | "hostsTomlDiffers"]: RuntimeCode;
} = {
  hostsTomlMissing: {
    code: "RC517",
    name: "hosts-toml-missing",
    severity: "error",
    docs: {
      summary: "A node has no `hosts.toml` for the cache, so it does not use it.",
      why: "It is written when the cache has answered the node for the first time. Until then containerd goes to the upstream itself.",
      next: "See that the cache is ready and that the node reaches its Service, then why the file is not written: the log of gardener-node-agent on the node, or of the DaemonSet registry-cache-nodes with the cluster profile.",
    },
  },
  hostsTomlAddress: {
    code: "RC518",
    name: "hosts-toml-address",
    severity: "error",
    docs: {
      summary: "A node looks for the cache at an address that its Service does not have.",
      why: "A Service that was created anew has a new address, and so has a cache after its TLS was switched. containerd gets no answer at the old one and goes to the upstream itself.",
      next: "Reconcile the Shoot (annotation `gardener.cloud/operation=reconcile`), which tells the nodes the address. With the cluster profile the DaemonSet registry-cache-nodes does so by itself: see its log.",
    },
  },
  hostsTomlDiffers: {
    code: "RC519",
    name: "hosts-toml-differs",
    severity: "warning",
    docs: {
      summary: "The `hosts.toml` of a node says something else than the cache needs.",
      why: "Somebody else has written it, or it is of another version of the extension. What it adds or lacks decides whether containerd asks the cache.",
      next: "Compare it with what `kubectl registry-cache doctor --hosts-toml` prints, and stop what else writes the file.",
    },
  },
};
