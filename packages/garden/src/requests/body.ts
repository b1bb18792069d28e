import type { IncomingMessage } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** The body of an answer, unpacked. A body that breaks off ends in an error. */
export function bodyOf(response: IncomingMessage): Readable {
  if (response.headers["content-encoding"] !== "gzip") return response;
  // The error comes out of the unpacked stream, too.
  return pipeline(response, createGunzip(), () => undefined);
}

/** Hands out a body's bytes as they come; rejects when they break off, or with what `take` throws. */
export function eachChunk(body: Readable, take: (chunk: Buffer) => void): Promise<void> {
  // A third cheaper than iteration, which matters for lists of hundreds of megabytes.
  return new Promise((resolve, reject) => {
    body.on("data", (chunk: Buffer) => {
      try {
        take(chunk);
      } catch (error) {
        body.destroy();
        reject(error);
      }
    });
    body.once("end", resolve);
    body.once("error", reject);
    body.once("close", () => reject(Object.assign(new Error("aborted"), { code: "ERR_STREAM_PREMATURE_CLOSE" })));
  });
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
    throw new NotAnApi();
  }
}

/** Reads a body to its end as JSON and picks out what is wanted; what has nothing of it is no answer of an API server. */
export async function readAs<T>(body: Readable, pick: (value: unknown) => T | undefined): Promise<T> {
  const picked = pick(await readJson(body));
  if (picked === undefined) throw new NotAnApi();
  return picked;
}

/** The answer is something else than an API server sends; the requester, which knows whose it is, says so. */
export class NotAnApi extends Error {}
