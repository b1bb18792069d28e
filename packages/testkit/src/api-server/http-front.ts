import type { IncomingMessage, ServerResponse } from "node:http";
import { failed } from "./answer.ts";
import type { ApiHandler, ApiResponse, UserInfo } from "./exchange.ts";
import { ApiFailure } from "./failure.ts";
import type { FaultEffect, Faults } from "./fault.ts";
import { sendResponse } from "./send-response.ts";

/** A request as the server got it. */
export interface RequestRecord {
  readonly method: string;
  /** The path with its query. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What answers requests of HTTP. */
export interface FrontParts {
  readonly handle: ApiHandler;
  /** Finds out who asks; fails with an `ApiFailure`. */
  readonly identify: (request: IncomingMessage) => UserInfo;
  readonly faults: Faults;
  readonly record: (request: RequestRecord) => void;
}

/** Answers one request of HTTP, after its faults. */
export async function answerHttp(request: IncomingMessage, out: ServerResponse, parts: FrontParts): Promise<void> {
  const { method = "GET", url = "/", headers } = request;
  const gone = new AbortController();
  out.once("close", () => gone.abort());
  const body = await readBody(request);
  parts.record({ method, url, headers, body });
  const effect = parts.faults.meet(method, url);
  if (effect !== undefined && "reset" in effect) return void request.socket.destroy();
  if (effect !== undefined && "hang" in effect) return;
  const response = await respond({ request, method, url, body, signal: gone.signal }, parts, effect);
  const acceptsGzip = (headers["accept-encoding"] ?? "").includes("gzip");
  await sendResponse(out, response, { acceptsGzip, effect, signal: gone.signal });
}

interface Received {
  readonly request: IncomingMessage;
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly signal: AbortSignal;
}

async function respond(
  { request, method, url, body, signal }: Received,
  { handle, identify }: FrontParts,
  effect: FaultEffect | undefined,
): Promise<ApiResponse> {
  if (effect !== undefined && "answer" in effect) return faulty(effect);
  const { pathname, searchParams } = new URL(url, "http://server");
  try {
    if (request.headers["content-type"]?.includes("protobuf")) throw jsonOnly();
    const user = identify(request);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, it]) => [name, it?.toString()]));
    return await handle({ method, path: pathname, query: searchParams, headers, body, user, signal });
  } catch (error) {
    if (error instanceof ApiFailure) return { ...failed(error), warnings: [] };
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...failed(new ApiFailure({ code: 500, reason: "InternalError", message })), warnings: [] };
  }
}

function jsonOnly(): ApiFailure {
  const message = "the body of the request was in an unknown format - accepted media types include: application/json";
  return new ApiFailure({ code: 415, reason: "UnsupportedMediaType", message });
}

function faulty({ answer, headers = {}, body }: Extract<FaultEffect, { readonly answer: number }>): ApiResponse {
  const reasons: { readonly [code: number]: string } = {
    401: "Unauthorized",
    403: "Forbidden",
    410: "Expired",
    429: "TooManyRequests",
    503: "ServiceUnavailable",
  };
  if (body !== undefined) return { status: answer, headers, body, warnings: [] };
  const status = {
    code: answer,
    reason: reasons[answer] ?? "InternalError",
    message: `a fault of the test (${answer})`,
    headers,
  };
  return { ...failed(new ApiFailure(status)), warnings: [] };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
