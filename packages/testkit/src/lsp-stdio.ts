import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import type { LspMessage, LspTransport } from "./lsp-client.ts";

/** Speaks with a server over its standard streams. */
export function stdioTransport(input: Writable, output: Readable): LspTransport {
  // A server that ends while we write is what some tests are about.
  input.on("error", () => undefined);
  return {
    send: (message) => input.write(frame(JSON.stringify(message))),
    listen(onMessage) {
      let pending: Buffer = Buffer.alloc(0);
      output.on("data", (chunk: Buffer) => {
        pending = Buffer.concat([pending, chunk]);
        for (let cut = unframe(pending); cut !== undefined; cut = unframe(pending)) {
          pending = cut.rest;
          onMessage(JSON.parse(cut.body));
        }
      });
    },
  };
}

/** Speaks with a server over Node's channel to a process that was forked. */
export function ipcTransport(child: ChildProcess): LspTransport {
  return {
    send: (message) => child.send(message),
    listen: (onMessage) => child.on("message", (message: LspMessage) => onMessage(message)),
  };
}

/** A message as it goes over a stream. */
export function frame(body: string): Buffer {
  return Buffer.from(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function unframe(bytes: Buffer): { readonly body: string; readonly rest: Buffer } | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const [, length = "0"] = /Content-Length: (\d+)/i.exec(bytes.subarray(0, end).toString()) ?? [];
  const start = end + 4;
  const stop = start + Number(length);
  return bytes.length < stop ? undefined : { body: bytes.subarray(start, stop).toString(), rest: bytes.subarray(stop) };
}
