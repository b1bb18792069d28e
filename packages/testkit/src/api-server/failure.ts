/** Why the API refuses: what it sends as a Status. */
export interface FailureStatus {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly details?: { readonly [field: string]: unknown };
  readonly metadata?: { readonly [field: string]: unknown };
  /** Headers beside it, such as `retry-after`. */
  readonly headers?: { readonly [name: string]: string };
}

/** Thrown by stores, admission and handlers; becomes the Status that a real server would send. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  readonly status: FailureStatus;

  constructor(status: FailureStatus) {
    super(status.message);
    this.status = status;
  }
}

/** The object is not there. `resource` is written as kubectl does: `shoots.core.gardener.cloud`. */
export function notFound(resource: string, name: string): ApiFailure {
  return new ApiFailure({
    ...about(resource, name),
    code: 404,
    reason: "NotFound",
    message: `${resource} "${name}" not found`,
  });
}

/** The object is there already. */
export function alreadyExists(resource: string, name: string): ApiFailure {
  const message = `${resource} "${name}" already exists`;
  return new ApiFailure({ ...about(resource, name), code: 409, reason: "AlreadyExists", message });
}

/** Somebody else was faster, or a precondition does not hold. */
export function conflict(resource: string, name: string, why: string = changedMeanwhile): ApiFailure {
  const message = `Operation cannot be fulfilled on ${resource} "${name}": ${why}`;
  return new ApiFailure({ ...about(resource, name), code: 409, reason: "Conflict", message });
}

/** Rights or an admission plugin say no. */
export function forbidden(resource: string, name: string, why: string): ApiFailure {
  const subject = name === "" ? resource : `${resource} "${name}"`;
  return new ApiFailure({
    ...about(resource, name),
    code: 403,
    reason: "Forbidden",
    message: `${subject} is forbidden: ${why}`,
  });
}

/** The object breaks rules; `causes` are the field errors, each as Go prints it without its field. */
export function invalid(kind: string, name: string, causes: readonly FieldCause[]): ApiFailure {
  const told = [...new Set(causes.map(({ field, message }) => `${field}: ${message}`))];
  const list = told.length === 1 ? told.join() : `[${told.join(", ")}]`;
  const [type = kind, ...group] = kind.split(".");
  return new ApiFailure({
    code: 422,
    reason: "Invalid",
    message: `${kind} "${name}" is invalid: ${list}`,
    details: {
      ...(name !== "" && { name }),
      ...(group.length > 0 ? { group: group.join(".") } : {}),
      kind: type,
      causes,
    },
  });
}

/** A field that breaks a rule. */
export interface FieldCause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

/** The request itself makes no sense. */
export function badRequest(message: string): ApiFailure {
  return new ApiFailure({ code: 400, reason: "BadRequest", message });
}

/** The JSON of a refusal. */
export function toStatusJson({ headers: _, metadata = {}, reason, ...status }: FailureStatus): object {
  return { kind: "Status", apiVersion: "v1", metadata, status: "Failure", ...status, ...(reason !== "" && { reason }) };
}

/** Something that the server itself gives no reason for. */
export function unexplained(message: string): ApiFailure {
  return new ApiFailure({ code: 500, reason: "", message });
}

/** The path is there, but not for this method. */
export function methodNotAllowed(): ApiFailure {
  const message = "the server does not allow this method on the requested resource";
  return new ApiFailure({ code: 405, reason: "MethodNotAllowed", message, details: {} });
}

const changedMeanwhile = "the object has been modified; please apply your changes to the latest version and try again";

function about(resource: string, name: string): Pick<FailureStatus, "details"> {
  const [kind = resource, ...group] = resource.split(".");
  return { details: { ...(name !== "" && { name }), ...(group.length > 0 ? { group: group.join(".") } : {}), kind } };
}
