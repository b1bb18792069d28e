import type { ResourceEntry, Shoot } from "../manifest/shoot.ts";
import { fieldOf, type Node } from "../yaml/node.ts";
import { fieldRemoval, itemRemoval } from "./removal-fixes.ts";
import type { DraftFix, Rule } from "./rule.ts";
import { namedEntries } from "./shoot-references.ts";

const knownTypes: ReadonlySet<string> = new Set(["registry-cache", "registry-mirror"]);

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

  *checkShoot(shoot) {
    // A reference that is wrong may well mean an entry that seems to be unused.
    const named = namedEntries(shoot);
    if (named.some((it) => it.entry?.kind?.value !== "Secret")) return;
    const unnamed = shoot.resources.filter((it) => canBeUnused(shoot, it) && !named.some(({ entry }) => entry === it));
    // The rest of the Shoot is searched only when it matters, which is seldom.
    if (unnamed.length === 0) return;
    const texts = textsOf(shoot);
    const isUsed = (name: string): boolean => texts.known.has(name) || texts.foreign.some((it) => it.includes(name));
    const unused = unnamed.filter((it) => !isUsed(it.name?.value ?? ""));
    for (const entry of unused) {
      const { name, span, index } = entry;
      const all = unused.length === shoot.resources.length && entry === unused[0];
      const fixes = all ? listRemoval(shoot) : entryRemoval(shoot, index);
      yield { span: name?.span ?? span, message: `nothing in this Shoot uses the entry "${name?.value}"`, fixes };
    }
  },
};

/** A name declared twice is a finding already. */
function canBeUnused({ resources }: Shoot, { name, kind, index }: ResourceEntry): boolean {
  if (name === undefined || (kind?.value !== "Secret" && kind?.value !== "ConfigMap")) return false;
  return !resources.some((it) => it.index < index && it.name?.value === name.value);
}

function listRemoval(shoot: Shoot): readonly DraftFix[] {
  const title = shoot.resources.length === 1 ? "Remove the unused entry" : "Remove all entries, which are unused";
  return fieldRemoval(shoot.text, fieldOf(shoot.root, "spec"), "resources", { title, safe: isSafe(shoot) });
}

function entryRemoval(shoot: Shoot, index: number): readonly DraftFix[] {
  const list = fieldOf(fieldOf(shoot.root, "spec"), "resources");
  return itemRemoval(shoot.text, list, index, { title: "Remove the unused entry", safe: isSafe(shoot) });
}

/** Without other extensions there is nobody who could use the entry in a way that we do not see. */
function isSafe({ extensions }: Shoot): boolean {
  return extensions.length > 0 && extensions.every((it) => knownTypes.has(it.type?.value ?? ""));
}

/** What the Shoot says outside of spec.resources: in our configurations a name is a whole string, elsewhere it may be part of one. */
function textsOf({ root, extensions }: Shoot): {
  readonly known: ReadonlySet<string>;
  readonly foreign: readonly string[];
} {
  const ours = extensions.filter((it) => knownTypes.has(it.type?.value ?? ""));
  const skipped = new Set<Node | undefined>([
    fieldOf(fieldOf(root, "spec"), "resources"),
    ...ours.map((it) => it.node),
  ]);
  return {
    known: new Set(ours.flatMap((it) => [...scalarTexts(it.node, new Set())])),
    foreign: [
      ...scalarTexts(fieldOf(root, "spec"), skipped),
      ...scalarTexts(fieldOf(fieldOf(root, "metadata"), "annotations"), skipped),
    ],
  };
}

function* scalarTexts(node: Node | undefined, skipped: ReadonlySet<Node | undefined>): Iterable<string> {
  if (node === undefined || skipped.has(node)) return;
  if (node.type === "scalar") yield node.text;
  else if (node.type === "seq") for (const { value } of node.items) yield* scalarTexts(value, skipped);
  else {
    for (const { name, value } of node.entries) {
      yield name;
      yield* scalarTexts(value, skipped);
    }
  }
}
