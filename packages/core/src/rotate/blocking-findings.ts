import type { ManifestDocument, ManifestFile } from "../manifest/manifest.ts";
import { alias } from "../rules/alias.ts";
import { duplicateKey } from "../rules/duplicate-key.ts";
import { invalidUtf8 } from "../rules/invalid-utf8.ts";
import { referenceWrongKind } from "../rules/reference-wrong-kind.ts";
import { resourceDuplicate } from "../rules/resource-duplicate.ts";
import { resourceReferenceKind } from "../rules/resource-reference-kind.ts";
import type { Rule } from "../rules/rule.ts";
import { tooComplex } from "../rules/too-complex.ts";
import { yamlSyntax } from "../rules/yaml-syntax.ts";
import type { Span } from "../text/span.ts";
import type { Finding } from "../workspace/finding.ts";
import { sameNamespace } from "./chain.ts";
import type { SecretManifest } from "./find-secret.ts";
import type { Blocker, SecretId } from "./rotation.ts";

/** A finding that stops a rotation when it lies on the chain: in its documents, or on its entries and the fields that name them. */
interface BlockingRule {
  readonly rule: Rule;
  readonly where: "document" | "entry";
}

/**
 * What must be mended before a rotation, and why. Other findings do not stop it: what they say was there before and is
 * there after, and whoever must rotate today should not have to mend all else first.
 */
export const blockingRules: readonly (BlockingRule & { readonly why: string })[] = [
  { rule: yamlSyntax, where: "document", why: "what cannot be read to its end may hold another reference" },
  { rule: duplicateKey, where: "document", why: "kubectl and people read another value" },
  { rule: alias, where: "document", why: "the value that an edit would change is not known" },
  { rule: tooComplex, where: "document", why: "the references in it are not known" },
  { rule: invalidUtf8, where: "document", why: "the file cannot be written without changing other bytes" },
  { rule: referenceWrongKind, where: "entry", why: "the cache would not get the new Secret" },
  { rule: resourceDuplicate, where: "entry", why: "only the first of two entries counts" },
  { rule: resourceReferenceKind, where: "entry", why: "Gardener would refuse the Shoot" },
];

/** The findings that stop the rotation of a Secret. */
export function blockingFindings(
  files: readonly ManifestFile[],
  findingsOf: (uri: string) => readonly Finding[],
  { id, manifest }: { readonly id: SecretId; readonly manifest: SecretManifest },
): readonly Blocker[] {
  return files.flatMap((file) => {
    const documents = file.documents.filter((it) => it === manifest.document || isOnChain(it, id));
    if (documents.length === 0) return [];
    const entries = documents.flatMap((it) => entrySpans(it, id));
    return findingsOf(file.uri).flatMap(({ code, span, message, uri }) => {
      const where = blockingRules.find((it) => it.rule.code === code)?.where;
      const places = where === "document" ? documents.map((it) => it.span) : where === "entry" ? entries : [];
      if (!places.some((it) => contains(it, span))) return [];
      return [{ kind: "broken-chain", code, message, place: { uri, span } } as const];
    });
  });
}

/** A document that cannot be read to its end is on the chain when it has the name anywhere. */
function isOnChain({ text, span, problems, shoots }: ManifestDocument, { name, namespace }: SecretId): boolean {
  const entry = shoots.some(
    (it) => sameNamespace(it.namespace?.value, namespace) && it.resources.some(({ target }) => target?.value === name),
  );
  return entry || (problems.length > 0 && text.slice(span.start, span.end).includes(name));
}

/** The entries that have the Secret's name as their target, whatever their kind, those of the same name, and the fields that name them. */
function entrySpans({ shoots }: ManifestDocument, { name, namespace }: SecretId): readonly Span[] {
  return shoots
    .filter((it) => sameNamespace(it.namespace?.value, namespace))
    .flatMap(({ resources, registryCache, registryMirror }) => {
      const names = new Set(resources.filter((it) => it.target?.value === name).map((it) => it.name?.value));
      const fields = [
        ...(registryCache?.caches ?? []).map((it) => it.secretReferenceName),
        ...(registryMirror?.mirrors ?? []).flatMap(({ hosts }) => hosts.map((it) => it.caBundleSecretReferenceName)),
      ];
      return [
        ...resources.filter((it) => it.target?.value === name || (it.name && names.has(it.name.value))),
        ...fields.flatMap((it) => (it !== undefined && names.has(it.value) ? [it] : [])),
      ].map((it) => it.span);
    });
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.start <= outer.end;
}
