import type { Keep } from "./lists/keep.ts";
import type { ListQuery, Reduce } from "./lists/list-page.ts";
import type { ApiList, Page } from "./lists/list-pages.ts";
import type { ApiObject, ObjectRef, Resource } from "./resource.ts";
import type { TextAnswer } from "./text-calls.ts";
import type { Change } from "./watch/follow.ts";

/** What may be said of any request. */
export interface CallOptions {
  /** Ends the request at once. */
  readonly signal?: AbortSignal;
}

/** What may be said of a write. */
export interface WriteOptions extends CallOptions {
  /** The server goes through all of it, admission included, and stores nothing. */
  readonly dryRun?: boolean;
  /** What the server does about unknown and duplicate fields. */
  readonly fieldValidation?: "Ignore" | "Warn" | "Strict";
}

/** What may be said of an apply. */
export interface ApplyOptions extends WriteOptions {
  /** Takes over fields that belong to another field manager. */
  readonly force?: boolean;
}

/** One step of a JSON patch (RFC 6902). */
export type PatchStep =
  | { readonly op: "add" | "replace" | "test"; readonly path: string; readonly value: unknown }
  | { readonly op: "remove"; readonly path: string }
  | { readonly op: "move" | "copy"; readonly path: string; readonly from: string };

/** What must still be so when an object is deleted. */
export interface DeleteOptions extends WriteOptions {
  readonly uid?: string;
  readonly resourceVersion?: string;
}

/** What became of a deletion: the object is gone, or stays until its finalizers are. */
export type Deletion = { readonly gone: true } | { readonly gone: false; readonly object: ApiObject };

/** What somebody may want to do. */
export interface AccessQuestion {
  readonly verb: string;
  readonly resource: Resource;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** One rule of what we may do. `*` stands for all. */
export interface AccessRule {
  readonly verbs: readonly string[];
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  /** Empty for all. */
  readonly names: readonly string[];
}

/** The rules that hold for us in a namespace; `incomplete` where some authorizer would not tell. */
export interface AccessRules {
  readonly rules: readonly AccessRule[];
  readonly incomplete: boolean;
}

/** The server's description of one API group version. */
export interface OpenApi {
  /** Changes with the document, so it may be kept under it. */
  readonly hash: string;
  load(): Promise<unknown>;
}

/** A kubeconfig for the Shoot itself, as text, and when it ends. It is a credential. */
export interface ShootKubeconfig {
  readonly text: string;
  readonly expires: string;
}

/**
 * One garden, or any other Kubernetes API, seen by one user. Every method throws a `GardenError` when it cannot give its
 * whole answer, and ends at once when its signal says so.
 */
export interface GardenClient {
  /** The address of the server. */
  readonly server: URL;
  readonly contextName: string;
  /** The namespace of flag, context or pod, else `default`. */
  readonly namespace: string;
  /** Whether somebody chose the namespace. */
  readonly namespaceChosen: boolean;
  get(
    ref: ObjectRef,
    options?: CallOptions & { readonly keep?: Keep; readonly metadataOnly?: boolean },
  ): Promise<ApiObject>;
  /** Lists in pages, for any number of objects. */
  pages(query: ListQuery, options?: CallOptions): AsyncGenerator<Page>;
  /** Lists in pages and makes something smaller of each object as it comes, so that no page is held as a whole. */
  reducedPages<T>(query: ListQuery, reduce: Reduce<T>, options?: CallOptions): AsyncGenerator<Page<T>>;
  /** Lists all objects of one moment. */
  list(query: ListQuery, options?: CallOptions): Promise<ApiList>;
  /** Lists once and then tells of every change until the signal ends it. */
  follow(query: ListQuery, signal: AbortSignal): AsyncGenerator<Change>;
  create(resource: Resource, object: ApiObject, options?: WriteOptions): Promise<ApiObject>;
  /** Changes an object by a JSON patch, as a whole or not at all. */
  patch(ref: ObjectRef, steps: readonly PatchStep[], options?: WriteOptions): Promise<ApiObject>;
  /** Applies an object by server-side apply, under our name as field manager. */
  apply(resource: Resource, object: ApiObject, options?: ApplyOptions): Promise<ApiObject>;
  delete(ref: ObjectRef, options?: DeleteOptions): Promise<Deletion>;
  /** Gets a text by its path: a log, or what a proxy of the server reaches, whatever status that answers with. */
  text(path: string, options?: CallOptions): Promise<TextAnswer>;
  /** Whether we may do something. */
  canI(question: AccessQuestion, options?: CallOptions): Promise<boolean>;
  /** What we may do in a namespace. */
  rules(namespace: string, options?: CallOptions): Promise<AccessRules>;
  /** Finds the description of a group version, such as `apis/core.gardener.cloud/v1beta1`; undefined where there is none. */
  openApi(groupVersion: string, options?: CallOptions): Promise<OpenApi | undefined>;
  /** Asks the garden for access to a Shoot, for so many seconds; the server may shorten them. */
  shootKubeconfig(
    shoot: { readonly namespace: string; readonly name: string },
    kind: "admin" | "viewer",
    seconds: number,
    options?: CallOptions,
  ): Promise<ShootKubeconfig>;
  /** Ends all idle connections. */
  close(): void;
}
