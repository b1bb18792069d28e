import { createServer, type IncomingMessage } from "node:http";
import { createServer as createHttps } from "node:https";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import type { Authority } from "@registry-cache/testkit";

/** What a proxy does with everyone who asks it for a tunnel. */
export type ProxyManner = "serves" | "wants another login" | "refuses" | "dies" | "dies later" | "talks rubbish";

/** A proxy for CONNECT on loopback; names it takes for this machine. */
export interface RecordingProxy {
  /** `127.0.0.1` with its port. */
  readonly address: string;
  /** Each different request that came, as `CONNECT host login`. */
  readonly asked: Set<string>;
  close(): void;
}

/** Starts one; with an authority it speaks TLS. */
export async function startProxy(manner: ProxyManner, authority?: Authority): Promise<RecordingProxy> {
  const asked = new Set<string>();
  const open = new Set<Duplex>();
  const onConnect = ({ url = "", headers }: IncomingMessage, socket: Duplex): void => {
    const [host = "", port] = url.split(/:(?=\d+$)/);
    asked.add(`CONNECT ${host} ${decoded(headers["proxy-authorization"])}`);
    open.add(socket);
    socket.on("error", () => socket.destroy());
    answer(manner, socket, Number(port));
  };
  const { certificate, key } = authority?.issue({ commonName: "proxy", names: ["127.0.0.1", "localhost"] }) ?? {};
  const server = certificate && key ? createHttps({ cert: certificate, key }) : createServer();
  server.on("connect", onConnect);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const place = server.address();
  if (typeof place !== "object" || place === null) throw new Error("unreachable: it listens");
  return {
    address: `127.0.0.1:${place.port}`,
    asked,
    close() {
      for (const it of open) it.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

function decoded(login: string | undefined): string {
  return login === undefined ? "-" : Buffer.from(login.replace("Basic ", ""), "base64").toString();
}

function answer(manner: ProxyManner, socket: Duplex, port: number): void {
  switch (manner) {
    case "wants another login":
      return void socket.end("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\n\r\n");
    case "refuses":
      return void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    case "dies":
      return void socket.destroy();
    case "talks rubbish":
      return void socket.end("hello\r\n\r\n");
    case "serves":
    case "dies later": {
      const upstream = connect(port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on("error", () => socket.destroy());
      socket.on("close", () => upstream.destroy());
      // In the middle of the handshake with the server.
      if (manner === "dies later") upstream.once("data", () => socket.destroy());
    }
  }
}
