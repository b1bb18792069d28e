import { encodeBase64, encodeUtf8 } from "@registry-cache/core";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { type CacheParts, labelsOf, namespace, type SecretPart } from "./part.ts";

/** The Secret that holds config.yml, and with it the upstream's credentials in plain text. */
export function renderConfigSecret({ cache, config }: CacheParts): KubernetesObject {
  return renderSecret(config, labelsOf(cache));
}

/** The Secret of the server's certificate. */
export function renderTlsSecret({ cache, certificate }: CacheParts): KubernetesObject | undefined {
  return certificate && { ...renderSecret(certificate, labelsOf(cache)), type: "Opaque" };
}

/** Gardener's resource manager deletes such a Secret as soon as nothing refers to it. */
const collectable = { "resources.gardener.cloud/garbage-collectable-reference": "true" };

/** An immutable Secret of some data, its values encoded. */
export function renderSecret(
  { name, data }: SecretPart,
  labels: { readonly [label: string]: string },
): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace, labels: { ...labels, ...collectable } },
    immutable: true,
    data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, encodeBase64(encodeUtf8(text))])),
  };
}
