import { expiryAnnotation } from "../analyze/declared-expiry.ts";
import type { Secret } from "../manifest/secret.ts";
import { fieldOf } from "../yaml/node.ts";

/** The labels and annotations that the next version of a Secret keeps. */
export interface KeptMetadata {
  readonly labels: { readonly [name: string]: string };
  readonly annotations: { readonly [name: string]: string };
}

/** Reads what a Secret's next version keeps: all labels and annotations but those that belong to the old one: what object or tool it is of, when it ends. */
export function keptMetadata({ root }: Secret): KeptMetadata {
  const metadata = fieldOf(root, "metadata");
  return { labels: readTexts(metadata, "labels"), annotations: readTexts(metadata, "annotations") };
}

function readTexts(metadata: ReturnType<typeof fieldOf>, field: string): { readonly [name: string]: string } {
  const map = fieldOf(metadata, field);
  if (map?.type !== "map") return {};
  return Object.fromEntries(
    map.entries.flatMap(({ name, value }) => {
      return value.type === "scalar" &&
        typeof value.value === "string" &&
        !isIdentity(name) &&
        name !== expiryAnnotation
        ? [[name, value.value]]
        : [];
    }),
  );
}

/** Tells whether a label or annotation says which object or tool a Secret belongs to, which its next version must not say. */
export function isIdentity(name: string): boolean {
  return identities.some((it) => (it.endsWith("/") ? name.startsWith(it) : name === it));
}

/**
 * What tools write to know an object again. With it on two objects, Argo CD and Flux would take the new Secret for the old
 * one, and kubectl would compare it with the old values. `app.kubernetes.io/instance` stays, since people set it, too.
 */
const identities: readonly string[] = [
  "kubectl.kubernetes.io/last-applied-configuration",
  "argocd.argoproj.io/tracking-id",
  "argocd.argoproj.io/installation-id",
  "argocd.argoproj.io/instance",
  "kustomize.toolkit.fluxcd.io/name",
  "kustomize.toolkit.fluxcd.io/namespace",
  "kustomize.toolkit.fluxcd.io/checksum",
  "helm.toolkit.fluxcd.io/name",
  "helm.toolkit.fluxcd.io/namespace",
  "meta.helm.sh/release-name",
  "meta.helm.sh/release-namespace",
  "config.k8s.io/owning-inventory",
  "config.kubernetes.io/origin",
  "internal.config.kubernetes.io/",
  "kapp.k14s.io/",
  "objectset.rio.cattle.io/",
];
