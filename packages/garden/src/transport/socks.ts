import { isIPv4, isIPv6, type Socket } from "node:net";
import { unreachable } from "../garden-error.ts";
import type { Endpoint } from "./socket.ts";

const refusals: { readonly [code: number]: string } = {
  1: "general failure",
  2: "its rules do not allow it",
  3: "network unreachable",
  4: "host unreachable",
  5: "connection refused",
  6: "TTL expired",
};

/** Asks a SOCKS5 proxy (RFC 1928, RFC 1929) to connect us with a target. Names are resolved by the proxy, as Go does it. */
export async function greetSocks(socket: Socket, proxy: URL, { host, port }: Endpoint): Promise<void> {
  const fail = (why: string): Error =>
    unreachable("network", `the SOCKS5 proxy ${proxy.host} did not connect us to ${host}:${port}: ${why}`);
  const read = reader(socket, fail);
  const withName = proxy.username !== "" || proxy.password !== "";
  socket.write(Uint8Array.from(withName ? [5, 2, 0, 2] : [5, 1, 0]));
  const [version, method] = await read(2);
  if (version !== 5) throw fail("it does not speak SOCKS5");
  if (method === 2 && withName) await login(socket, proxy, read, fail);
  else if (method !== 0) throw fail("it wants another login");
  const address = addressBytes(host);
  socket.write(Buffer.concat([Uint8Array.from([5, 1, 0]), address, Uint8Array.from([port >> 8, port & 255])]));
  const [, code = 1, , kind] = await read(4);
  if (code !== 0) throw fail(refusals[code] ?? `code ${code}`);
  const length = kind === 1 ? 4 : kind === 4 ? 16 : ((await read(1))[0] ?? 0);
  await read(length + 2);
}

type Read = (count: number) => Promise<Uint8Array>;

async function login(socket: Socket, proxy: URL, read: Read, fail: (why: string) => Error): Promise<void> {
  const name = Buffer.from(decodeURIComponent(proxy.username));
  const password = Buffer.from(decodeURIComponent(proxy.password));
  if (name.length > 255 || password.length > 255) throw fail("its login is longer than 255 bytes");
  const length = (it: Uint8Array): Uint8Array => Uint8Array.from([it.length]);
  socket.write(Buffer.concat([Uint8Array.from([1]), length(name), name, length(password), password]));
  const [, status] = await read(2);
  if (status !== 0) throw fail("it wants another login");
}

function addressBytes(host: string): Uint8Array {
  if (isIPv4(host)) return Uint8Array.from([1, ...host.split(".").map(Number)]);
  if (isIPv6(host)) return Uint8Array.from([4, ...ipv6Bytes(host)]);
  const name = Buffer.from(host);
  return Uint8Array.from([3, name.length, ...name]);
}

function ipv6Bytes(host: string): readonly number[] {
  const [head = "", tail] = host.split("::");
  const words = (text: string): readonly number[] =>
    text === "" ? [] : text.split(":").map((it) => Number.parseInt(it, 16));
  const front = words(head);
  const back = words(tail ?? "");
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - front.length - back.length }, () => 0);
  return [...front, ...zeros, ...back].flatMap((it) => [it >> 8, it & 255]);
}

/** Reads exactly so many bytes at a time, and leaves the rest to who comes after. */
function reader(socket: Socket, fail: (why: string) => Error): Read {
  return (count) =>
    new Promise((resolve, reject) => {
      const onReadable = (): void => {
        const bytes: Buffer | null = socket.read(count);
        if (bytes === null) return;
        stop();
        resolve(bytes);
      };
      const onEnd = (): void => {
        stop();
        socket.destroy();
        reject(fail("it closed the connection"));
      };
      const stop = (): void => {
        socket.off("readable", onReadable).off("end", onEnd).off("error", onEnd).setTimeout(0);
      };
      socket.on("readable", onReadable).on("end", onEnd).on("error", onEnd);
      socket.setTimeout(30_000, onEnd);
      onReadable();
    });
}
