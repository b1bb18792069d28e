import type { Garden } from "../workspace/garden.ts";
import type { Reference } from "../workspace/workspace.ts";
import { quoteScalar } from "../yaml/edit.ts";
import type { DraftFix, Rule } from "./rule.ts";

export const secretMissing: Rule = {
  code: "RC205",
  name: "secret-missing",
  severity: "error",
  mirrors: "pkg/admission/validator/cache/shoot.go",
  docs: {
    summary: "An entry of `spec.resources` names a Secret that does not exist.",
    why: "The extension reads the Secret and rejects the Shoot when it is not there. Without a connected garden only the manifests at hand are known: then a name close to one of theirs is a warning, and any other is only noted. So is every one where a kustomization sets `namePrefix` or `nameSuffix`, since the names that come out are written nowhere.",
  },
  example: {
    garden: {
      namespaces: ["garden-dev"],
      secrets: [
        {
          name: "ro-docker-secret-v1",
          namespace: "garden-dev",
          immutable: true,
          data: { username: "cmVhZGVy", password: "ZXhhbXBsZQ==" },
        },
      ],
    },
    bad: `
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
            - upstream: docker.io
              secretReferenceName: docker-secret
        resources:
        - name: docker-secret
          resourceRef:
            apiVersion: v1
            kind: Secret
            name: ro-docker-secret-v2
      #           ^^^^^^^^^^^^^^^^^^^ RC205
    `,
    good: `
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

  *checkReference({ target, namespace }, garden) {
    if (target === undefined || garden.isWritten(target.name, namespace)) return;
    // RC207 tells of a Secret that is there, but elsewhere.
    if (garden.isWritten(target.name, undefined)) return;
    const live = garden.live(target.name, namespace);
    if (typeof live !== "string") return;
    const names = garden.secretNames(namespace);
    // What kustomize makes of the names is known to nobody here, so no other name is held against this one.
    const similar = live === "unknown" && garden.renames() ? undefined : garden.similarName(target.name, namespace);
    const fixes = similar === undefined ? [] : [rename(target, similar)];
    const { span } = target;
    if (live === "missing") {
      const message = `Secret "${target.name}" does not exist in namespace "${namespace}"`;
      yield { span, message, fixes, denied: true };
    } else if (similar !== undefined) {
      const message = `Secret "${target.name}" is not known here; did you mean "${similar}"`;
      yield { span, message, severity: "warning", fixes };
    } else if (hasManifests(garden, names, namespace)) {
      yield { span, message: `Secret "${target.name}" is not known here`, severity: "info" };
    }
  },
};

/** Where no manifest of a Secret is at hand, Secrets are clearly kept elsewhere, and there is nothing to say. */
function hasManifests(garden: Garden, names: readonly string[], namespace: string | undefined): boolean {
  return names.some((it) => garden.isWritten(it, namespace));
}

function rename({ span, style }: NonNullable<Reference["target"]>, name: string): DraftFix {
  return { title: `Change to "${name}"`, edits: [{ span, text: quoteScalar(name, style) }] };
}
