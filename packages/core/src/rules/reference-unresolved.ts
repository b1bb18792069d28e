import type { Shoot } from "../manifest/shoot.ts";
import { appendItem } from "../yaml/edit.ts";
import type { DraftFix, Rule } from "./rule.ts";
import { entriesOf, secretChoices } from "./secret-choices.ts";
import { namedEntries } from "./shoot-references.ts";
import { verdict } from "./verdict.ts";

export const referenceUnresolved: Rule = {
  code: "RC201",
  name: "reference-unresolved",
  severity: "error",
  mirrors: "pkg/admission/validator/cache/shoot.go",
  docs: {
    summary: "A cache or a mirror names a Secret that `spec.resources` does not declare.",
    why: "The extension looks the name up in `spec.resources` and rejects the Shoot when it is not there. The name is that of the entry, not that of the Secret.",
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
              secretReferenceName: docker-secert
      #                            ^^^^^^^^^^^^^ RC201
        resources:
        - name: docker-secret
          resourceRef:
            apiVersion: v1
            kind: Secret
            name: ro-docker-secret-v1
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

  *checkShoot(shoot) {
    for (const reference of namedEntries(shoot)) {
      const { webhook, name, entry } = reference;
      if (entry !== undefined) continue;
      const choices = secretChoices(shoot, reference);
      const similar = choices.filter((it) => it.safe);
      const offered = choices.filter((it) => !it.safe);
      yield {
        span: name.span,
        message: messageFor(name.value, entriesOf(shoot, name.value)),
        fixes: [...similar, ...declaration(shoot, name.value), ...offered],
        admission: verdict(webhook, "Invalid", name.path),
      };
    }
  },
};

function messageFor(name: string, [entry]: readonly string[]): string {
  if (entry === undefined) return `"${name}" is not declared in spec.resources`;
  return `"${name}" is the name of the Secret, which spec.resources declares as "${entry}"`;
}

function declaration({ text, root }: Shoot, name: string): readonly DraftFix[] {
  const entry = { name, resourceRef: { apiVersion: "v1", kind: "Secret", name } };
  const edit = name === "" ? undefined : appendItem(text, root, ["spec", "resources"], entry);
  return edit ? [{ title: `Declare "${name}" in spec.resources`, edits: [edit] }] : [];
}
