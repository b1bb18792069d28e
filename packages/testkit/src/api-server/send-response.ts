import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { ApiResponse } from "./exchange.ts";
import type { FaultEffect } from "./fault.ts";

/** What a client can read, and what spoils it. */
export interface Delivery {
  readonly acceptsGzip: boolean;
  readonly effect: FaultEffect | undefined;
  readonly signal: AbortSignal;
}

/** kube-apiserver packs answers from this size on. */
const packedFrom = 128 * 1024;

/** Sends an answer, or what a fault makes of it. */
export async function sendResponse(out: ServerResponse, response: ApiResponse, delivery: Delivery): Promise<void> {
  const { effect, signal } = delivery;
  if (effect !== undefined && "delay" in effect)
    await pause(effect.delay, undefined, { signal }).catch(() => undefined);
  const extra = effect !== undefined && "headers" in effect && !("answer" in effect) ? effect.headers : {};
  const cutAfter = effect !== undefined && "cutAfter" in effect ? effect.cutAfter : undefined;
  const warning = response.warnings.map((it) => `299 - ${JSON.stringify(it)}`).join(", ");
  const headers = { ...response.headers, ...(warning !== "" && { warning }), ...extra };
  if (typeof response.body === "string")
    sendText(out, { ...response, body: response.body, headers }, delivery, cutAfter);
  else {
    out.writeHead(response.status, headers);
    out.flushHeaders();
    await sendLines(out, response.body, cutAfter);
  }
}

interface TextResponse {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

function sendText(
  out: ServerResponse,
  { status, headers, body }: TextResponse,
  delivery: Delivery,
  cutAfter: number | undefined,
): void {
  const packed = delivery.acceptsGzip && body.length >= packedFrom;
  const bytes = packed ? gzipSync(body, { level: 1 }) : Buffer.from(body);
  out.writeHead(status, { ...headers, "content-length": bytes.length, ...(packed && { "content-encoding": "gzip" }) });
  if (cutAfter === undefined) out.end(bytes);
  else out.write(bytes.subarray(0, cutAfter), () => out.destroy());
}

async function sendLines(
  out: ServerResponse,
  lines: AsyncIterable<string>,
  cutAfter: number | undefined,
): Promise<void> {
  let sent = 0;
  for await (const line of lines) {
    const part = cutAfter === undefined ? line : line.slice(0, Math.max(cutAfter - sent, 0));
    sent += line.length;
    if (out.destroyed) return;
    out.write(part);
    if (cutAfter !== undefined && sent >= cutAfter) {
      out.write("", () => out.destroy());
      return;
    }
  }
  out.end();
}
