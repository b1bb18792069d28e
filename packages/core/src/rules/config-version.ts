import { type DecodeProblem, removedVersion } from "../manifest/decode.ts";
import type { Edit } from "../text/edit.ts";
import { insertEntry, replaceScalar } from "../yaml/edit.ts";
import { hasOldSize, type Migration, migrateCaches } from "./migrate-config.ts";
import type { DraftFix, Rule } from "./rule.ts";
import { shootProblems } from "./schema-problems.ts";

export const configVersion: Rule = {
  code: "RC015",
  name: "config-version",
  severity: "error",
  mirrors: "pkg/apis/registry/v1alpha3/register.go, pkg/apis/mirror/v1alpha1/register.go",
  docs: {
    summary: "A providerConfig does not say the apiVersion and kind that its extension can decode.",
    why: "The extension rejects the Shoot. v1alpha1 was removed in v0.7.0 and v1alpha2 in v0.9.0; a Shoot that still holds them cannot be changed any more until it is migrated.",
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
            apiVersion: registry.extensions.gardener.cloud/v1alpha2
      #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RC015
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
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io
    `,
  },

  needs: "problems",
  *checkShoot(shoot) {
    for (const { problem, admission } of shootProblems(shoot, "wrong-version")) {
      yield { span: problem.span, message: messageOf(problem), fixes: fixesOf(problem, shoot.text), admission };
    }
  },
};

type WrongVersion = Extract<DecodeProblem, { readonly kind: "wrong-version" }>;

function messageOf({ field, found, expected, path }: WrongVersion): string {
  if (found === undefined) return `"${path}" is required; it is "${expected}"`;
  const removed = removedVersion(found);
  if (removed !== undefined)
    return `version "${removed}" of RegistryConfig was removed; the extension reads only "${expected}"`;
  return `the extension cannot decode ${field} "${found}"; it reads only "${expected}"`;
}

function fixesOf(problem: WrongVersion, text: string): readonly DraftFix[] {
  const { field, expected, found, config } = problem;
  const version = removedVersion(found);
  if (version === undefined)
    return [{ title: `Set ${field} to "${expected}"`, safe: isSlip(found, expected), edits: setField(problem, text) }];
  const migrate = (title: string, safe: boolean, migration: Migration): DraftFix => {
    return { title, safe, edits: [...setField(problem, text), ...migrateCaches(config, text, migration)] };
  };
  const first = migrate(`Migrate from ${version} to v1alpha3`, true, "as-converted");
  return hasOldSize(config)
    ? [first, migrate("Migrate a cache that does not exist yet (no StorageClass)", false, "without-storage-class")]
    : [first];
}

function setField({ field, expected, config, entry }: WrongVersion, text: string): readonly Edit[] {
  if (entry?.value.type === "scalar") return [replaceScalar(text, entry.value, expected)];
  const first = config.type === "map" ? config.written[0]?.name : undefined;
  const place =
    field === "apiVersion" && first !== undefined ? { key: field, before: first } : { key: field, after: "apiVersion" };
  return config.type === "map" && entry === undefined ? [insertEntry(text, config, place, expected)] : [];
}

/** Absent, or the same but for case and a plural: it can mean nothing else. */
function isSlip(found: string | undefined, expected: string): boolean {
  return found === undefined || found.toLowerCase().replace(/s$/, "") === expected.toLowerCase();
}
