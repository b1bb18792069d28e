import type { Extension, Shoot } from "../manifest/shoot.ts";
import { fieldOf } from "../yaml/node.ts";
import { knownTypes, unusedEntries } from "./entry-usage.ts";
import { fieldRemoval, itemRemoval } from "./removal-fixes.ts";
import type { DraftFix, Rule } from "./rule.ts";
import { namedEntries } from "./shoot-references.ts";

export const resourceUnused: Rule = {
  code: "RC204",
  name: "resource-unused",
  severity: "warning",
  mirrors: "gardener/gardener pkg/controllermanager/controller/shoot/reference/add.go",
  docs: {
    summary: "Nothing in the Shoot names an entry of `spec.resources`.",
    why: "Gardener still copies the object to the seed and keeps it from being deleted as long as the entry is there.",
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
        resources:
        - name: docker-secret
      #         ^^^^^^^^^^^^^ RC204
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
    `,
  },

  needs: "resources",
  *checkShoot(shoot) {
    // A reference that is wrong may well mean an entry that seems to be unused.
    const named = namedEntries(shoot);
    if (named.some((it) => it.entry?.kind?.value !== "Secret")) return;
    const unused = unusedEntries(shoot);
    for (const entry of unused) {
      const { name, span, index } = entry;
      const all = unused.length === shoot.resources.length && entry === unused[0];
      const fixes = all ? listRemoval(shoot) : entryRemoval(shoot, index);
      yield { span: name?.span ?? span, message: `nothing in this Shoot uses the entry "${name?.value}"`, fixes };
    }
  },
};

function listRemoval(shoot: Shoot): readonly DraftFix[] {
  const title = shoot.resources.length === 1 ? "Remove the unused entry" : "Remove all entries, which are unused";
  return fieldRemoval(shoot.text, fieldOf(shoot.root, "spec"), "resources", { title, safe: isSafe(shoot) });
}

function entryRemoval(shoot: Shoot, index: number): readonly DraftFix[] {
  const list = fieldOf(fieldOf(shoot.root, "spec"), "resources");
  return itemRemoval(shoot.text, list, index, { title: "Remove the unused entry", safe: isSafe(shoot) });
}

/** Without other extensions, and with all of our configurations read, nobody could use the entry in a way that we do not see. */
function isSafe({ extensions }: Shoot): boolean {
  const isRead = ({ type, providerConfig }: Extension): boolean =>
    knownTypes.has(type?.value ?? "") && providerConfig?.value.type === "map";
  return extensions.length > 0 && extensions.every(isRead);
}
