import type { ResourceEntry, Shoot } from "../manifest/shoot.ts";
import { setEntry } from "../yaml/edit.ts";
import { fieldOf } from "../yaml/node.ts";
import type { DraftFix, Rule } from "./rule.ts";
import { secretChoices } from "./secret-choices.ts";
import { namedEntries } from "./shoot-references.ts";
import { verdict } from "./verdict.ts";

export const referenceWrongKind: Rule = {
  code: "RC202",
  name: "reference-wrong-kind",
  severity: "error",
  mirrors: "pkg/admission/validator/cache/shoot.go",
  docs: {
    summary: "A cache or a mirror names an entry of `spec.resources` that is not a Secret.",
    why: "The extension takes only entries whose `resourceRef.kind` is Secret and rejects the Shoot for a ConfigMap or a WorkloadIdentity.",
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
      #                            ^^^^^^^^^^^^^ RC202
        resources:
        - name: docker-secret
          resourceRef:
            apiVersion: v1
            kind: ConfigMap
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
      if (entry === undefined || entry.kind?.value === "Secret") continue;
      const found = entry.kind === undefined ? "has no kind" : `is of kind "${entry.kind.value}"`;
      yield {
        span: name.span,
        message: `the entry "${name.value}" of spec.resources ${found}; it must be a Secret`,
        related: [
          { uri: shoot.uri, span: entry.kind?.span ?? entry.name?.span ?? entry.span, message: "declared here" },
        ],
        fixes: inOrder([...secretChoices(shoot, reference), ...kindChange(shoot, entry)]),
        admission: verdict(webhook, "Invalid", name.path),
      };
    }
  },
};

function inOrder(fixes: readonly DraftFix[]): readonly DraftFix[] {
  return [...fixes.filter((it) => it.safe), ...fixes.filter((it) => !it.safe)];
}

/** Only the letter case or nothing at all is written wrong: then nobody can have meant another kind. */
function kindChange({ text }: Shoot, { node, kind, apiVersion }: ResourceEntry): readonly DraftFix[] {
  const reference = fieldOf(node, "resourceRef");
  if (reference?.type !== "map") return [];
  const ofCore = apiVersion === undefined || apiVersion.value === "v1";
  const safe = ofCore && (kind === undefined || kind.value.toLowerCase() === "secret");
  const edits = [setEntry(text, reference, "kind", "Secret")];
  if (apiVersion !== undefined && !ofCore) edits.push(setEntry(text, reference, "apiVersion", "v1"));
  return [{ title: "Make the entry refer to a Secret", safe, edits }];
}
