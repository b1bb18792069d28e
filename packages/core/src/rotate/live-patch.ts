import type { CachePath, LiveEntry, LiveShoot } from "./live-shoot.ts";

/** One step of a JSON patch, as far as rotations need them. */
export type GuardedStep = { readonly op: "test" | "add" | "replace"; readonly path: string; readonly value: unknown };

/** What `gardener.cloud/operation` may ask for. */
export type Operation = "reconcile" | "retry";

const operationPath = "/metadata/annotations/gardener.cloud~1operation";

/** Makes entries name another Secret, if they are still what was seen. With an operation, the same request asks for it. */
export function switchPatch(
  shoot: LiveShoot,
  entries: readonly LiveEntry[],
  to: string,
  operation?: Operation,
): readonly GuardedStep[] {
  const switched = entries.flatMap(({ index, name, secret }): readonly GuardedStep[] => {
    const path = `/spec/resources/${index}`;
    return [
      { op: "test", path: `${path}/name`, value: name },
      { op: "test", path: `${path}/resourceRef/name`, value: secret },
      { op: "replace", path: `${path}/resourceRef/name`, value: to },
    ];
  });
  return [...switched, ...(operation === undefined ? [] : operationPatch(shoot, operation))];
}

/** Asks for an operation, unless one waits already. A test of null passes where there is nothing. */
export function operationPatch({ hasAnnotations }: LiveShoot, operation: Operation): readonly GuardedStep[] {
  if (!hasAnnotations) {
    const path = "/metadata/annotations";
    return [
      { op: "test", path, value: null },
      { op: "add", path, value: { "gardener.cloud/operation": operation } },
    ];
  }
  return [
    { op: "test", path: operationPath, value: null },
    { op: "add", path: operationPath, value: operation },
  ];
}

/** The name of the entry that is never stored. */
const trialEntry = "registry-cache-rotation-trial";

/**
 * For a dry run only: gives the caches an entry of their own, so their configuration differs and the webhook, which looks at
 * no Secret otherwise, checks the new one. (pkg/admission/validator/cache/shoot.go)
 */
export function trialPatch(caches: readonly CachePath[], secret: string): readonly GuardedStep[] {
  if (caches.length === 0) return [];
  const value = { name: trialEntry, resourceRef: { apiVersion: "v1", kind: "Secret", name: secret } };
  return [
    { op: "add", path: "/spec/resources/-", value },
    ...caches.flatMap(({ path, entry }): GuardedStep[] => [
      { op: "test", path, value: entry },
      { op: "replace", path, value: trialEntry },
    ]),
  ];
}
