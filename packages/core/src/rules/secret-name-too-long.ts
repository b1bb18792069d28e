import type { Rule } from "./rule.ts";

const maxLength = 253;

export const secretNameTooLong: Rule = {
  code: "RC222",
  name: "secret-name-too-long",
  severity: "error",
  mirrors: "gardener/gardener pkg/utils/gardener/resources.go",
  docs: {
    summary: "The name of an object in `spec.resources` leaves no room for the prefix that Gardener puts before it.",
    why: "Gardener copies the object to the seed as `ref-` and its name. Names end at 253 characters, so the copy fails, and with it every reconciliation of the Shoot.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io
              secretReferenceName: docker-secret
        resources:
        - name: docker-secret
          resourceRef:
            apiVersion: v1
            kind: Secret
            name: ${"ro-docker-secret-".repeat(14)}of-team-green-v1
      #           ${"^".repeat(254)} RC222
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io
              secretReferenceName: docker-secret
        resources:
        - name: docker-secret
          resourceRef:
            apiVersion: v1
            kind: Secret
            name: ro-docker-secret-v1
    `,
  },

  needs: "resources",
  *checkShoot({ resources }) {
    for (const { kind, target } of resources) {
      const prefix = kind?.value === "WorkloadIdentity" ? "workload-identity-ref-" : "ref-";
      const limit = maxLength - prefix.length;
      if (target === undefined || target.value.length <= limit) continue;
      const { length } = target.value;
      yield {
        span: target.span,
        message: `the name has ${length} characters and must have no more than ${limit}, since Gardener puts "${prefix}" before it`,
      };
    }
  },
};
