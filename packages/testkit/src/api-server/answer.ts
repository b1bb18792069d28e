import type { ApiResponse } from "./exchange.ts";
import { type ApiFailure, toStatusJson } from "./failure.ts";

/** A response before its warnings are known. */
export type Answer = Omit<ApiResponse, "warnings">;

/** The response that carries a failure. */
export function failed({ status }: ApiFailure): Answer {
  return {
    ...json(toStatusJson(status), status.code),
    headers: { "content-type": "application/json", ...status.headers },
  };
}

/** A response with a JSON body. */
export function json(body: unknown, status = 200): Answer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
