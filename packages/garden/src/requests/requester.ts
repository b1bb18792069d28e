import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import type { CredentialSource } from "../credentials/credential.ts";
import { GardenError } from "../garden-error.ts";
import type { ClientCertificate } from "../transport/tls-options.ts";
import type { Wire } from "../transport/wire.ts";
import { bodyOf, readText } from "./body.ts";
import { startDeadline } from "./deadline.ts";
import { explainNetwork, isBrokenConnection } from "./explain-network.ts";
import { maxTries, type Pace, pauseBefore } from "./pace.ts";
import { redactText, redactValues, secretsIn } from "./redact.ts";
import { loginHint, unknownHint } from "./refusal-hints.ts";
import { headersOf, type RequestHeaders } from "./request-headers.ts";
import { toStatusError } from "./status-error.ts";
import { readWarnings } from "./warnings.ts";

/** One request to the API. */
export interface ApiCall {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path and query. */
  readonly path: string;
  readonly accept?: string;
  readonly contentType?: string;
  readonly body?: unknown;
  /** The object has values that no error may repeat. */
  readonly confidential?: boolean;
  /** Whoever answers may be a program behind the server: every status is an answer, and the server's own refusals are told apart later. */
  readonly anyStatus?: boolean;
}

/** An answer that is no refusal; its body is read once. */
export interface Answer {
  readonly body: Readable;
  readonly headers: IncomingMessage["headers"];
  readonly status: number;
}

/** What a requester stands on. */
export interface RequesterParts {
  readonly server: URL;
  readonly wire: Wire;
  readonly credentials: CredentialSource;
  readonly headers: RequestHeaders;
  readonly pace: Pace;
  /** In milliseconds, for each try; 0 for ever. */
  readonly requestTimeout: number;
  readonly onWarnings: (texts: readonly string[]) => void;
  /** Hears after each try why the server gave no answer; of nothing where it gave any. */
  readonly onReach?: ((lost: GardenError | undefined) => void) | undefined;
}

/** Sends requests with credentials, tries again what may be tried again, and says in one line what went wrong. */
export interface Requester {
  /** Sends a request and reads its answer. A GET is sent again when its answer breaks off, so `read` may be called again. */
  call<T>(call: ApiCall, read: (answer: Answer) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Opens an answer that goes on for long; the timeout counts until its head is there. */
  open(call: ApiCall, signal: AbortSignal): Promise<Answer>;
  readonly pace: Pace;
  /** The error for what broke while an opened answer was read. */
  explain(error: unknown, signal: AbortSignal): GardenError;
}

/** Makes a requester. */
export function createRequester(parts: RequesterParts): Requester {
  const explain = (error: unknown, signal: AbortSignal, wrote = false): GardenError =>
    explainNetwork(error, parts.server, signal, wrote);
  return {
    pace: parts.pace,
    explain,
    async open(call, signal) {
      const deadline = startDeadline(signal, parts.requestTimeout);
      try {
        return await exchange(parts, call, deadline.signal);
      } catch (error) {
        deadline.release();
        throw error instanceof Refused ? error.error : explain(error, deadline.signal);
      } finally {
        deadline.disarm();
      }
    },
    async call(call, read, signal) {
      const never = new AbortController().signal;
      for (let tries = 1; ; tries += 1) {
        const tried = await tryOnce(parts, call, read, signal);
        if ("value" in tried) return tried.value;
        const pause = tried.again && tries < maxTries ? pauseBefore(tries, tried.retryAfter, parts.pace) : undefined;
        if (pause === undefined) throw tried.error;
        await parts.pace.wait(pause, signal ?? never).catch(() => {
          throw explain(undefined, signal ?? never);
        });
      }
    },
  };
}

type Tried<T> =
  | { readonly value: T }
  | { readonly error: GardenError; readonly again: boolean; readonly retryAfter?: string };

/** Carries the header of a refusal to where the pause is decided. */
class Refused extends Error {
  readonly error: GardenError;
  readonly retryAfter: string | undefined;

  constructor(error: GardenError, retryAfter: string | undefined) {
    super(error.message);
    this.error = error;
    this.retryAfter = retryAfter;
  }
}

async function tryOnce<T>(
  parts: RequesterParts,
  call: ApiCall,
  read: (answer: Answer) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<Tried<T>> {
  const deadline = startDeadline(signal, parts.requestTimeout);
  try {
    return { value: await read(await exchange(parts, call, deadline.signal)) };
  } catch (error) {
    const get = call.method === "GET";
    if (error instanceof Refused) {
      const { code = 0 } = error.error.details;
      const again = code === 429 || (get && [500, 502, 503, 504].includes(code));
      return { error: error.error, again, ...(error.retryAfter && { retryAfter: error.retryAfter }) };
    }
    const explained = explainNetwork(error, parts.server, deadline.signal, !get);
    return { error: explained, again: get && !deadline.signal.aborted && isBrokenConnection(error) };
  } finally {
    deadline.release();
  }
}

/** Sends once, and once more with a new credential when the first is not taken. */
async function exchange(parts: RequesterParts, call: ApiCall, signal: AbortSignal): Promise<Answer> {
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  for (let first = true; ; first = false) {
    const credential = await parts.credentials.get(signal);
    const headers = headersOf(parts.headers, call, credential);
    const request = { method: call.method, path: call.path, headers, ...(body !== undefined && { body }) };
    const response = await send(parts, () => parts.wire.send(request, credential.certificate, signal), signal);
    if (response.statusCode === 401 && first && parts.credentials.refuse(credential)) {
      response.destroy();
      continue;
    }
    parts.onWarnings(readWarnings(response.headers.warning ?? ""));
    const { statusCode = 0 } = response;
    if ((statusCode >= 200 && statusCode < 300) || call.anyStatus === true)
      return { body: bodyOf(response), headers: response.headers, status: statusCode };
    const secrets = [...credential.secrets, ...(call.confidential ? secretsIn(call.body) : [])];
    throw await refusal(response, { call, server: parts.server, secrets, client: credential.certificate });
  }
}

async function send(
  { onReach, server }: RequesterParts,
  ask: () => Promise<IncomingMessage>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  try {
    const response = await ask();
    onReach?.(undefined);
    return response;
  } catch (error) {
    // Whoever gives up himself learns nothing of the server.
    if (!signal.aborted) onReach?.(explainNetwork(error, server, signal, false));
    throw error;
  }
}

interface Told {
  readonly call: ApiCall;
  readonly server: URL;
  readonly secrets: readonly string[];
  readonly client: ClientCertificate | undefined;
}

async function refusal(response: IncomingMessage, { call, server, secrets, client }: Told): Promise<Refused> {
  const body = await readText(bodyOf(response));
  const show = (text: string): string => {
    const shown = redactText(text, secrets);
    return call.confidential ? redactValues(shown) : shown;
  };
  const { statusCode: code = 0, headers } = response;
  if (code < 400) return new Refused(redirected(code, server), undefined);
  const hints = { loginHint: loginHint(headers.date, client), unknownHint: unknownHint(call.path, server) };
  const error = toStatusError({ code, body, show, ...hints });
  return new Refused(error, headers["retry-after"]);
}

/** A redirect could lead a token to another server. */
function redirected(code: number, { host }: URL): GardenError {
  return new GardenError("protocol", `${host} answers by a redirect (HTTP ${code}), which no API server does`);
}
