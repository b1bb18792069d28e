/** One request to a registry or its token server. */
export interface WireRequest {
  readonly method: "GET" | "HEAD";
  readonly url: string;
  /** The value of the Authorization header. Never print it. */
  readonly authorization?: string | undefined;
  readonly accept?: readonly string[] | undefined;
  /** How many bytes of the answer's body are wanted; 0 where nobody reads it. */
  readonly bodyLimit: number;
}

/** The answer to a request, without a redirect being followed. */
export interface Reply {
  readonly kind: "reply";
  readonly url: string;
  readonly status: number;
  /** Names in lower case, each line for itself, in their order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body as far as it was wanted; undefined where it is longer or did not arrive whole. */
  readonly body: string | undefined;
}

/** Why there is no answer. */
export interface Failure {
  readonly kind: "failure";
  readonly url: string;
  readonly reason: FailureReason;
  /** What happened, in a few words; no secret is in it. */
  readonly message: string;
}

/** What may keep an answer away. */
export type FailureReason =
  | "name"
  | "refused"
  | "unreachable"
  | "timeout"
  | "closed"
  | "untrusted"
  | "certificate"
  | "not-tls"
  | "not-http"
  | "too-large"
  | "proxy"
  | "redirects"
  | "unsupported";

/** What came of a request. */
export type Outcome = Reply | Failure;

/** Makes a failure. */
export function failure(url: string, reason: FailureReason, message: string): Failure {
  return { kind: "failure", url, reason, message };
}

/** The first value of a header; undefined where it is absent. */
export function headerOf({ headers }: Reply, name: string): string | undefined {
  return headers.find(([it]) => it === name)?.[1];
}

/** All values of a header, one for each of its lines. */
export function headersOf({ headers }: Reply, name: string): readonly string[] {
  return headers.filter(([it]) => it === name).map(([, value]) => value);
}
