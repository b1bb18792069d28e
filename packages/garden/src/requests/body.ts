import type { IncomingMessage } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { GardenError } from "../garden-error.ts";

/** The body of an answer, unpacked. A body that breaks off ends in an error. */
export function bodyOf(response: IncomingMessage): Readable {
  if (response.headers["content-encoding"] !== "gzip") return response;
  // The error comes out of the unpacked stream, too.
  return pipeline(response, createGunzip(), () => undefined);
}

/** Reads a body to its end as text. */
export async function readText(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** Reads a body to its end as JSON. */
export async function readJson(body: Readable): Promise<unknown> {
  const text = await readText(body);
  try {
    return JSON.parse(text);
  } catch {
    throw notAnApi();
  }
}

/** The answer is something else than an API server sends. */
export function notAnApi(): GardenError {
  const message =
    "the answer is not what a Kubernetes API server sends; is the address right, and is a proxy in between?";
  return new GardenError("protocol", message);
}
