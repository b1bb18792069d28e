/** What kind of trouble it is, for programs; people read the message. */
export type GardenErrorKind =
  /** The kubeconfig, a flag, or a file that they name. */
  | "config"
  /** A credential plugin or a token file. */
  | "credentials"
  | "unauthorized"
  | "forbidden"
  | "not-found"
  | "already-exists"
  | "conflict"
  | "invalid"
  /** What was listed or watched is forgotten by the server. */
  | "expired"
  | "throttled"
  /** Any other refusal of the server. */
  | "server"
  | "refused"
  /** Names that do not resolve, connections that break, proxies that do not let us through. */
  | "network"
  | "certificate"
  | "timeout"
  | "cancelled"
  /** The answer is not what an API server sends. */
  | "protocol";

/** What else is known of an error. */
export interface GardenErrorDetails {
  /** The HTTP status. */
  readonly code?: number;
  /** The reason of the server's Status, such as `NotFound`. */
  readonly reason?: string;
  /** The fields that the server calls wrong. */
  readonly causes?: readonly ErrorCause[];
  /** The way on that an expired list offers: what follows is of another moment. */
  readonly continueToken?: string;
  /** The server may have done what it was asked for. */
  readonly maybeDone?: boolean;
  /** kubectl prints the message as it is, without `error: ` before it. */
  readonly whole?: boolean;
}

/** A field that the server calls wrong. */
export interface ErrorCause {
  readonly field: string;
  readonly message: string;
}

/** Why the garden could not be asked, in one line that says it as kubectl does. No credential is ever in it. */
export class GardenError extends Error {
  override readonly name = "GardenError";
  readonly kind: GardenErrorKind;
  readonly details: GardenErrorDetails;

  constructor(kind: GardenErrorKind, message: string, details: GardenErrorDetails = {}) {
    super(message);
    this.kind = kind;
    this.details = details;
  }
}

/** The line that kubectl would print. */
export function errorLine({ message, details }: GardenError): string {
  return details.whole === true ? message : `error: ${message}`;
}

/** What kubectl says when it does not get as far as to an answer. */
export function unreachable(kind: GardenErrorKind, why: string, details: GardenErrorDetails = {}): GardenError {
  return new GardenError(kind, `Unable to connect to the server: ${why}`, { ...details, whole: true });
}

/** Tells a GardenError; each bundle has a class of its own, so the name decides. */
export function isGardenError(error: unknown): error is GardenError {
  return error instanceof Error && error.name === "GardenError" && "kind" in error && "details" in error;
}
