import type { UserInfo } from "./exchange.ts";
import type { ApiObject, Fields } from "./object.ts";
import type { ResourceName } from "./store.ts";

/** What a hook hears of the write that it may change or refuse. */
export interface WriteContext {
  readonly user: UserInfo;
  readonly now: number;
  readonly dryRun: boolean;
  /** Adds a `Warning` header. */
  readonly warn: (text: string) => void;
}

/** Somebody asks for a sub-resource that is no object: a log, or what a proxy reaches. */
export interface TextRequest {
  readonly namespace: string;
  /** As it was written: a proxy takes `https:pod-0:5000`. */
  readonly name: string;
  /** The path below the sub-resource, such as `v2/`. */
  readonly rest: string;
  readonly query: URLSearchParams;
}

/** What is answered to that, status and words. */
export interface TextReply {
  readonly status: number;
  readonly text: string;
}

/** The law of one resource. A hook refuses by throwing an `ApiFailure`. */
export interface ResourceDefinition {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  /** Gives a new object its defaults and first generation. */
  readonly prepareCreate?: (object: ApiObject, context: WriteContext) => ApiObject;
  /** Gives an update what the server keeps or counts: generation, status, annotations that are consumed. */
  readonly prepareUpdate?: (object: ApiObject, old: ApiObject, context: WriteContext) => ApiObject;
  /** Refuses what breaks rules; `old` is absent for a new object. */
  readonly admit?: (object: ApiObject, old: ApiObject | undefined, context: WriteContext) => Promise<void>;
  /** Refuses to delete. */
  readonly admitDelete?: (object: ApiObject, context: WriteContext) => Promise<void>;
  /** Top-level fields that may be written; for the warning about others. */
  readonly fields?: readonly string[];
  /** Fields beside name and namespace that lists can be selected by; all where it says nothing. */
  readonly selectable?: readonly string[];
  /** Writes of `/status` replace the status alone. */
  readonly hasStatus?: boolean;
  /** Other sub-resources by name, answered on POST: the body and the object give the reply. */
  readonly actions?: {
    readonly [name: string]: (body: Fields, object: ApiObject, context: WriteContext) => Promise<object>;
  };
  /** Sub-resources that answer GET in their own words; undefined is not found. */
  readonly texts?: { readonly [name: string]: (request: TextRequest) => Promise<TextReply | undefined> };
}

/** The name of a resource as kubectl writes it in full. */
export function fullName({ plural, group }: Pick<ResourceDefinition, "plural" | "group">): ResourceName {
  return group === "" ? plural : `${plural}.${group}`;
}
