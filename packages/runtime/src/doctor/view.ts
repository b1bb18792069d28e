import type { RuntimeCache } from "../cache.ts";
import type { RegistryHosts } from "../hosts-toml.ts";

/** What was seen of the caches in a cluster, as data. No value of a Secret is in it. */
export interface RuntimeView {
  /** The caches of the Shoot; undefined where no Shoot is known, and the Services have to tell. */
  readonly expected: readonly ExpectedCache[] | undefined;
  readonly services: readonly SeenService[];
  readonly statefulSets: readonly SeenStatefulSet[];
  readonly pods: readonly SeenPod[];
  readonly claims: readonly SeenClaim[];
  readonly probes: readonly SeenProbe[];
  readonly certificates: readonly SeenCertificate[];
  /** Undefined where no node was looked at. */
  readonly nodes?: SeenNodes | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A cache as the Shoot has it. */
export interface ExpectedCache {
  readonly cache: RuntimeCache;
  /** The name that its config Secret should have, where that could be computed. */
  readonly configName?: string | undefined;
  /** What the config Secret in use holds beside what it should, where it could be read. */
  readonly inUse?: "same" | "other-login" | "other-settings" | undefined;
  /** The token server that gets no credential from the registry. */
  readonly foreignRealm?: string | undefined;
}

/** A Service with the label `upstream-host`. */
export interface SeenService {
  readonly name: string;
  readonly app: string;
  readonly upstream: string | undefined;
}

/** A StatefulSet of a cache. */
export interface SeenStatefulSet {
  readonly name: string;
  readonly image: string;
  readonly configName: string | undefined;
  /** How far its pods are, where that is known. */
  readonly roll?: SeenRoll | undefined;
}

/** What a StatefulSet says of its pods. */
export interface SeenRoll {
  readonly replicas: number;
  readonly ready: number;
  /** The name of its newest template, once its controller has seen that. */
  readonly revision?: string | undefined;
  /** All of them are of its newest template, and its controller has seen that. */
  readonly settled: boolean;
}

/** A pod of a cache. */
export interface SeenPod {
  readonly name: string;
  readonly app: string;
  /** The template that it was made from. */
  readonly revision?: string | undefined;
  readonly ready: boolean;
  readonly restarts: number;
  /** Why the container waits, as `CrashLoopBackOff`. */
  readonly waiting?: string | undefined;
  /** How the container ended last. */
  readonly ended?: { readonly exitCode: number; readonly reason: string } | undefined;
  /** Why no node takes the pod. */
  readonly unschedulable?: string | undefined;
  /** The log of the run before, and of this one. */
  readonly previousLog?: string | undefined;
  readonly log?: string | undefined;
}

/** The claim of a cache's volume. */
export interface SeenClaim {
  readonly name: string;
  readonly app: string;
  readonly phase: string;
  readonly reason?: string | undefined;
  readonly usedBytes?: number | undefined;
  readonly capacityBytes?: number | undefined;
}

/** What a pod answered when it was asked for a digest that no image has. */
export interface SeenProbe {
  readonly app: string;
  readonly pod: string;
  readonly repository: string;
  readonly status: number;
  readonly body: string;
}

/** A certificate of the caches. */
export interface SeenCertificate {
  /** What it is for, in words. */
  readonly of: string;
  /** Milliseconds since 1970. */
  readonly notAfter: number;
}

/** What nodes have in their hosts.toml files, and what they should. */
export interface SeenNodes {
  readonly hosts: readonly RegistryHosts[];
  readonly seen: readonly SeenNode[];
}

/** The hosts.toml files of a node, by upstream. They may hold passwords: only what is known to be none is shown. */
export interface SeenNode {
  readonly node: string;
  readonly files: ReadonlyMap<string, string>;
  /** The upstreams whose file may be read by root alone. */
  readonly unreadable: readonly string[];
}

/** Something that is wrong with running caches. */
export interface RuntimeFinding {
  readonly code: string;
  readonly name: string;
  readonly severity: "error" | "warning" | "info";
  /** The upstream or object that it is about. */
  readonly subject: string;
  readonly message: string;
  /** What was seen. */
  readonly evidence: readonly string[];
  /** What to do. */
  readonly next: string;
}
