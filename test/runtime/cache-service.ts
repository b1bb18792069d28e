import { type AddressInfo, connect, createServer, type Server } from "node:net";
import type { Stage } from "./servers.ts";

/** The Service in front of the pods of a cache: one address, whichever pods are ready. */
export interface CacheService {
  readonly url: string;
  /** A pod is ready. */
  add(pod: string, port: number): Promise<void>;
  /** A pod gets no new connections. The last one leaves an address that refuses, as kube-proxy has it. */
  remove(pod: string): Promise<void>;
}

/** Makes a Service without pods. */
export async function createService(stage: Stage): Promise<CacheService> {
  const ready = new Map<string, number>();
  let turn = 0;
  const pick = (): number => {
    turn += 1;
    return [...ready.values()][turn % ready.size] ?? 0;
  };
  const server = createServer((socket) => {
    const pod = connect(pick(), "127.0.0.1");
    socket.on("error", () => pod.destroy());
    pod.on("error", () => socket.destroy());
    socket.pipe(pod).pipe(socket);
  });
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  server.close();
  stage.closers.push(() => void server.close());
  return {
    url: `http://127.0.0.1:${port}`,
    async add(pod, at) {
      ready.set(pod, at);
      if (!server.listening) await listen(server, port);
    },
    async remove(pod) {
      ready.delete(pod);
      // Only the address goes: connections that there are stay.
      if (ready.size === 0 && server.listening) server.close();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
}
