import { createHash } from "node:crypto";
import type { RenderedCache } from "@registry-cache/runtime";
import type { ApiObject } from "@registry-cache/testkit";

/** Names a template, as the controller's hash does. */
export function revisionOf({ metadata, spec }: ApiObject): string {
  const template = typeof spec === "object" && spec !== null && "template" in spec ? spec.template : undefined;
  return `${metadata.name}-${createHash("sha256").update(JSON.stringify(template)).digest("hex").slice(0, 10)}`;
}

/** How far a StatefulSet is. */
export interface SetProgress {
  readonly revision: string;
  readonly replicas: number;
  readonly updated: number;
  /** All pods are of the new revision and ready. */
  readonly done: boolean;
}

/** The StatefulSet with the status that its controller writes. */
export function setStatus(set: ApiObject, { revision, replicas, updated, done }: SetProgress): ApiObject {
  const old = currentRevision(set["status"]);
  return {
    ...set,
    status: {
      observedGeneration: set.metadata.generation,
      replicas,
      readyReplicas: done ? replicas : Math.max(replicas - 1, 0),
      updatedReplicas: updated,
      currentRevision: done ? revision : (old ?? revision),
      updateRevision: revision,
    },
  };
}

/** The revision that all pods had when the last roll ended. */
export function currentRevision(status: unknown): string | undefined {
  return textOf(status, "currentRevision");
}

/** Which pod, and of which revision. */
export interface PodOf {
  readonly name: string;
  readonly labels: { readonly [name: string]: string };
  readonly revision: string;
}

/** A pod as the kubelet shows it: being made, ready, or crashed with a code. */
export function containerStatus({ name, labels, revision }: PodOf, state: "creating" | "ready" | number): ApiObject {
  const base = { name: "registry-cache", restartCount: typeof state === "number" ? 3 : 0, ready: state === "ready" };
  const shown =
    state === "ready"
      ? { state: { running: {} } }
      : state === "creating"
        ? { state: { waiting: { reason: "ContainerCreating" } } }
        : {
            state: { waiting: { reason: "CrashLoopBackOff" } },
            lastState: { terminated: { exitCode: state, reason: "Error" } },
          };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "kube-system", labels: { ...labels, "controller-revision-hash": revision } },
    status: { phase: state === "creating" ? "Pending" : "Running", containerStatuses: [{ ...base, ...shown }] },
  };
}

/** The text of a key, in whichever Secret of a cache has it. */
export function contentOf({ objects }: RenderedCache, key: string): string {
  const found = objects.flatMap(({ data }) => textOf(data, key) ?? []);
  return Buffer.from(found[0] ?? "", "base64").toString();
}

function textOf(value: unknown, field: string): string | undefined {
  const found = typeof value === "object" && value !== null ? Reflect.get(value, field) : undefined;
  return typeof found === "string" ? found : undefined;
}
