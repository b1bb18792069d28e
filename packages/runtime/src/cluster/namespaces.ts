import type { KubernetesObject } from "../kubernetes-object.ts";
import { type ClusterOptions, nodeNamespace } from "./options.ts";

/** The two namespaces: the caches run where pod security is restricted, what writes to nodes cannot. */
export function renderNamespaces({ namespace, labels }: ClusterOptions): readonly KubernetesObject[] {
  return [
    renderNamespace(namespace, { ...labels, ...enforce("restricted") }),
    renderNamespace(nodeNamespace(namespace), { ...labels, ...enforce("privileged") }),
  ];
}

function renderNamespace(name: string, labels: { readonly [label: string]: string }): KubernetesObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

function enforce(level: string): { readonly [label: string]: string } {
  return { "pod-security.kubernetes.io/enforce": level, "pod-security.kubernetes.io/warn": level };
}
