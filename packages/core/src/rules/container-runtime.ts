import { replaceScalar } from "../yaml/edit.ts";
import type { Rule } from "./rule.ts";

export const containerRuntime: Rule = {
  code: "RC017",
  name: "container-runtime",
  severity: "error",
  mirrors: "pkg/admission/validator/cache/shoot.go, pkg/admission/validator/mirror/shoot.go",
  docs: {
    summary: "A worker pool runs another container runtime than containerd.",
    why: "Caches and mirrors are configured in containerd on the nodes, and the extension rejects the Shoot. Gardener itself takes no other runtime either.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        provider:
          workers:
          - name: worker
            cri:
              name: docker
      #             ^^^^^^ RC017
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        provider:
          workers:
          - name: worker
            cri:
              name: containerd
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io
    `,
  },

  *checkShoot({ workers, registryCache, registryMirror, text }) {
    for (const { criName } of workers) {
      if (criName === undefined || criName.value === "containerd") continue;
      const draft = {
        span: criName.span,
        fixes: [{ title: 'Change to "containerd"', edits: [replaceScalar(text, criName.node, "containerd")] }],
      };
      const runtime = { step: "runtime", type: "Denied", field: criName.path } as const;
      const message = `registry caches and mirrors need containerd, not "${criName.value}"`;
      if (registryCache) yield { ...draft, message, admission: { webhook: "registry-cache", ...runtime } };
      if (registryMirror) yield { ...draft, message, admission: { webhook: "registry-mirror", ...runtime } };
      if (registryCache || registryMirror) continue;
      yield { ...draft, message: `nodes run containerd, not "${criName.value}"` };
    }
  },
};
