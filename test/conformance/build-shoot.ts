import type { ClusterFacts, LiveSecret } from "@registry-cache/core";
import type { Json, JsonObject } from "./write-manifest.ts";

/** The extension types, which are the names of their webhooks, too. */
export type ExtensionType = "registry-cache" | "registry-mirror";

/** The namespace of every Shoot and Secret here. */
export const namespace = "garden-dev";

/** A Shoot with one extension, whose providerConfig is the given one. */
export function shootAround(type: ExtensionType, providerConfig: Json, resources: readonly Json[] = []): JsonObject {
  return asShoot({
    metadata: { name: "crazy-botany", namespace },
    spec: {
      extensions: [{ type, providerConfig }],
      provider: { workers: [{ name: "pool", cri: { name: "containerd" } }] },
      resources,
    },
  });
}

/** A recorded Shoot with the head that its record leaves out. */
export function asShoot(object: JsonObject): JsonObject {
  return { apiVersion: "core.gardener.cloud/v1beta1", kind: "Shoot", ...object };
}

/** An entry of spec.resources. */
export function resource(name: string, target: string): JsonObject {
  return { name, resourceRef: { apiVersion: "v1", kind: "Secret", name: target } };
}

/** Every string that a value has under a key, wherever it is. */
function valuesOf(value: Json | undefined, key: string): readonly string[] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.flatMap((it: Json) => valuesOf(it, key));
  return Object.entries(value).flatMap(([name, it]) =>
    name === key && typeof it === "string" ? [it] : valuesOf(it, key),
  );
}

/** A Shoot around a configuration whose references all lead to Secrets that are in order, and the garden with these. */
export function shootInOrder(
  type: ExtensionType,
  config: Json,
  good: LiveSecret,
): { shoot: JsonObject; cluster: ClusterFacts } {
  const field = type === "registry-cache" ? "secretReferenceName" : "caBundleSecretReferenceName";
  const names = [...new Set(valuesOf(config, field))];
  const shoot = shootAround(
    type,
    config,
    names.map((name) => resource(name, good.name)),
  );
  return { shoot, cluster: { namespaces: [namespace], secrets: [good] } };
}

/** A Secret of the garden from a plain map of texts. */
export function liveSecret(secret: {
  name: string;
  immutable?: boolean | null;
  data: { readonly [key: string]: string };
}): LiveSecret {
  const data = Object.fromEntries(
    Object.entries(secret.data).map(([key, text]) => [key, Buffer.from(text).toString("base64")]),
  );
  const immutable = typeof secret.immutable === "boolean" ? { immutable: secret.immutable } : {};
  return { namespace, name: secret.name, ...immutable, data };
}
