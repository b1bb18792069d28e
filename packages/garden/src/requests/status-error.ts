import { type ErrorCause, GardenError, type GardenErrorKind } from "../garden-error.ts";
import { isFields, listAt, textAt } from "../json.ts";

const kinds: { readonly [reason: string]: GardenErrorKind } = {
  Unauthorized: "unauthorized",
  Forbidden: "forbidden",
  NotFound: "not-found",
  AlreadyExists: "already-exists",
  Conflict: "conflict",
  Invalid: "invalid",
  Gone: "expired",
  Expired: "expired",
  TooManyRequests: "throttled",
};

const reasons: { readonly [code: number]: string } = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  406: "NotAcceptable",
  409: "Conflict",
  410: "Gone",
  413: "RequestEntityTooLarge",
  415: "UnsupportedMediaType",
  422: "Invalid",
  429: "TooManyRequests",
  503: "ServiceUnavailable",
  504: "Timeout",
};

/** An answer that is a refusal. `show` takes out what must not be shown. */
export interface Refusal {
  readonly code: number;
  readonly body: string;
  readonly show: (text: string) => string;
  /** Added to what the server says about a login. */
  readonly loginHint: string;
  /** Added where the server does not know what it was asked for at all. */
  readonly unknownHint?: string;
}

/** The error for a refusal, worded as kubectl words it. */
export function toStatusError({ code, body, show, loginHint, unknownHint }: Refusal): GardenError {
  const status = parseStatus(body);
  const usual = reasons[code] ?? (code >= 500 ? "InternalError" : "");
  // A Status counts as it is: a webhook's denial has a code and no reason.
  const reason = status === undefined ? usual : (textAt(status, "reason") ?? "");
  const kind = kinds[reason] ?? kinds[usual] ?? "server";
  const causes = causesOf(status, show);
  const continueToken = textAt(status, "metadata", "continue");
  const details = { code, reason, causes, whole: true, ...(continueToken && { continueToken }) };
  return new GardenError(kind, wording({ code, reason, status, causes, show, loginHint, unknownHint }), details);
}

interface Words extends Pick<Refusal, "code" | "show" | "loginHint"> {
  readonly unknownHint: string | undefined;
  readonly reason: string;
  readonly status: unknown;
  readonly causes: readonly ErrorCause[];
}

function wording({ code, reason, status, causes, show, loginHint, unknownHint = "" }: Words): string {
  const message = show(textAt(status, "message") ?? unexplained(code)).replace(/\s*\n\s*/g, " ");
  if (reason === "Unauthorized") return `error: You must be logged in to the server (${message})${loginHint}`;
  const kind = textAt(status, "details", "kind");
  const name = textAt(status, "details", "name");
  if (reason === "Invalid" && kind && causes.length > 0) {
    const told = causes.map((it) => (it.field === "" ? it.message : `${it.field}: ${it.message}`));
    return `The ${kind} "${name ?? ""}" is invalid: ${told.join("; ")}`;
  }
  if (reason === "Invalid" && !kind) return `The request is invalid: ${message}`;
  if (code === 404 && (name ?? "") === "") return `Error from server (${reason}): ${message}${unknownHint}`;
  return reason === "" ? `Error from server: ${message}` : `Error from server (${reason}): ${message}`;
}

function unexplained(code: number): string {
  if (code === 401) return "the server has asked for the client to provide credentials";
  if (code === 404) return "the server could not find the requested resource";
  if (code === 429) return "the server has received too many requests and has asked us to try again later";
  return `an error on the server has prevented the request from succeeding (HTTP ${code})`;
}

function causesOf(status: unknown, show: (text: string) => string): readonly ErrorCause[] {
  return listAt(status, "details", "causes").map((it) => ({
    field: textAt(it, "field") ?? "",
    message: show(textAt(it, "message") ?? "").replace(/\s*\n\s*/g, " "),
  }));
}

/** A proxy in between answers with a page; what it says is not repeated. */
function parseStatus(body: string): unknown {
  try {
    const status: unknown = JSON.parse(body);
    return isFields(status) && status["kind"] === "Status" ? status : undefined;
  } catch {
    return undefined;
  }
}
