import type { Rule } from "./rule.ts";

const head = `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
        namespace: garden-dev
      spec:
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: quay.io
              secretReferenceName: quay
        resources:
        - name: quay
          resourceRef:
            apiVersion: v1
            kind: Secret`;

const data = { username: "cmVhZGVy", password: "ZXhhbXBsZQ==" };

export const liveDrift: Rule = {
  code: "RC301",
  name: "live-drift",
  severity: "warning",
  docs: {
    summary: "The Shoot in the garden uses another Secret for this upstream than the manifest says.",
    why: "Either the manifest was not applied yet, or somebody has switched the Shoot without it. Whoever applies the manifest switches the Shoot; when the Secret in the manifest is the older one, that undoes a rotation.",
  },
  example: {
    garden: {
      namespaces: ["garden-dev"],
      secrets: ["quay-v1", "quay-v2"].map((name) => ({ name, namespace: "garden-dev", immutable: true, data })),
      uses: [
        {
          namespace: "garden-dev",
          shoot: "crazy-botany",
          purpose: "credentials",
          upstream: "quay.io",
          secret: "quay-v2",
        },
      ],
    },
    bad: `${head}
            name: quay-v1
      #           ^^^^^^^ RC301
    `,
    good: `${head}
            name: quay-v2
    `,
  },

  *checkReference(reference, garden) {
    const { target, upstream, shootName } = reference;
    const live = garden.liveUses(reference);
    if (target === undefined || live.length === 0 || live.includes(target.name)) return;
    const names = live.map((it) => `"${it}"`).join(" and ");
    yield {
      span: target.span,
      message: `Shoot "${shootName}" in the garden uses Secret ${names} for "${upstream}", not "${target.name}"`,
    };
  },
};
