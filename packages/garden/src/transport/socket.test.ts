import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttps } from "node:https";
import { createAuthority } from "@registry-cache/testkit";
import { afterEach, expect, test } from "vitest";
import { createWire } from "./wire.ts";

const open: Server[] = [];

afterEach(() => {
  for (const it of open.splice(0)) it.close();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(server);
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("unreachable: it listens");
  return address.port;
}

/** No two places in it look alike, so a piece that was written over shows. */
const content = Buffer.alloc(6_000_000);
for (let at = 0; at < content.length; at += 4) content.writeUInt32LE(at, at);

const answer: RequestListener = (_, response) => void response.end(content);

test.each(["http", "https"])(
  "what comes over %s is what was sent, while whoever reads it takes breaks",
  async (scheme) => {
    const authority = createAuthority();
    const { certificate, key } = authority.issue({ commonName: "server", names: ["127.0.0.1"] });
    const port = await listen(
      scheme === "http" ? createServer(answer) : createHttps({ cert: certificate, key }, answer),
    );
    const trust = { authorities: authority.certificate, serverName: "", insecure: false };
    const wire = createWire({ server: new URL(`${scheme}://127.0.0.1:${port}`), trust, proxy: undefined });
    const request = { method: "GET", path: "/", headers: {} };
    // The second answer comes over the same connection.
    for (let round = 0; round < 2; round += 1) {
      const body = await wire.send(request, undefined, new AbortController().signal);
      const pieces: Buffer[] = [];
      for await (const piece of body) {
        pieces.push(piece);
        if (pieces.length % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      }
      expect(Buffer.concat(pieces).equals(content)).toBe(true);
    }
    wire.close();
  },
);
