/** Who asks, as authentication found out. */
export interface UserInfo {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: { readonly [key: string]: readonly string[] };
}

/** A request after authentication; what a host makes of HTTP. */
export interface ApiRequest {
  readonly method: string;
  /** The path without its query, such as `/apis/core.gardener.cloud/v1beta1/namespaces/garden-a/shoots`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By names in lower case. */
  readonly headers: { readonly [name: string]: string | undefined };
  readonly body: string;
  readonly user: UserInfo;
  /** Ends when the client has gone; watches end with it. */
  readonly signal: AbortSignal;
}

/** An answer for the host to send. A watch sends its lines as they come. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | AsyncIterable<string>;
  /** Texts of `Warning` headers. */
  readonly warnings: readonly string[];
}

/** Answers requests; never throws, for a failure is a Status. */
export type ApiHandler = (request: ApiRequest) => Promise<ApiResponse>;

/** What somebody wants to do. */
export interface Access {
  readonly verb: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
}

/** Says whether a user may do something. */
export type Authorizer = (user: UserInfo, access: Access) => Promise<boolean>;
