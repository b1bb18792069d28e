import { join } from "node:path";
import { createAuthority, kubeconfigFor } from "@registry-cache/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { liveSecret, startGarden } from "../cli/garden.ts";
import { scratch } from "../cli/plugin.ts";
import { lacks } from "../requirements.ts";
import { findKubectl } from "../tools/kubectl.ts";
import { runKubectl, runPlugin, type Told } from "./beside-kubectl.ts";
import { type ProxyManner, type RecordingProxy, startProxy } from "./recording-proxy.ts";

const kubectl = findKubectl();

/** A name that only the proxy knows, so that nothing gets there without it. */
const host = "garden.invalid";
const password = "hunter2-of-the-proxy";

interface Way {
  readonly env?: { readonly [name: string]: string };
  readonly cluster?: object;
}

interface Asked extends Told {
  readonly asked: readonly string[];
}

describe.skipIf(lacks(kubectl, "proxies beside the real kubectl"))("proxies, beside the real kubectl", () => {
  /** Both ask the same garden, in which one Secret is, through what `way` says. */
  async function both(
    manner: ProxyManner,
    way: (proxy: string) => Way,
    secure: "plain" | "of the cluster" | "of another" = "plain",
  ): Promise<{ readonly ours: Asked; readonly theirs: Asked; readonly proxy: string }> {
    const { server } = await startGarden({ secrets: [liveSecret("one", { namespace: "default" })] });
    const authority = secure === "plain" ? undefined : secure === "of another" ? createAuthority() : server.authority;
    const proxy = await startProxy(manner, authority);
    onTestFinished(() => proxy.close());
    const { env = {}, cluster = {} } = way(proxy.address);
    const { port } = new URL(server.url);
    const named = { url: `https://${host}:${port}`, authority: server.authority };
    const config = kubeconfigFor(named, { cluster: { "tls-server-name": "localhost", ...cluster } });
    const home = scratch({ config });
    const around = { home, env: { ...env, KUBECONFIG: join(home, "config") } };
    // kubectl tries again and again where a connection breaks.
    const words = ["-o", "name", `--request-timeout=${manner.startsWith("dies") ? 1 : 10}s`];
    const theirs = await record(proxy, () => runKubectl(kubectl.path, ["get", "secrets", ...words], around));
    const ours = await record(proxy, () => runPlugin(["usage", ...words], around));
    for (const secret of [password, Buffer.from(`me:${password}`).toString("base64")])
      expect(ours.all).not.toContain(secret);
    return { ours, theirs, proxy: proxy.address };
  }

  async function record(proxy: RecordingProxy, run: () => Promise<Told>): Promise<Asked> {
    proxy.asked.clear();
    return { ...(await run()), asked: [...proxy.asked] };
  }

  const login = (proxy: string): string => `http://me:${password}@${proxy}`;
  const ways: readonly (readonly [string, (proxy: string) => Way, readonly string[]])[] = [
    ["HTTPS_PROXY with a login", (it) => ({ env: { HTTPS_PROXY: login(it) } }), [`me:${password}`]],
    ["https_proxy", (it) => ({ env: { https_proxy: `http://${it}` } }), ["-"]],
    ["HTTPS_PROXY without a scheme", (it) => ({ env: { HTTPS_PROXY: it } }), ["-"]],
    ["HTTPS_PROXY before https_proxy", (it) => ({ env: { HTTPS_PROXY: it, https_proxy: "127.0.0.1:1" } }), ["-"]],
    ["a login with escapes", (it) => ({ env: { HTTPS_PROXY: `http://a%40b:c%3Ad@${it}` } }), ["a@b:c:d"]],
    ["a login without a password", (it) => ({ env: { HTTPS_PROXY: `http://me@${it}` } }), ["me:"]],
    ["a login without a name", (it) => ({ env: { HTTPS_PROXY: `http://:x@${it}` } }), [":x"]],
    ["proxy-url", (it) => ({ cluster: { "proxy-url": login(it) } }), [`me:${password}`]],
    [
      "proxy-url before NO_PROXY",
      (it) => ({ cluster: { "proxy-url": login(it) }, env: { NO_PROXY: "*" } }),
      [`me:${password}`],
    ],
    ["NO_PROXY with another name", (it) => ({ env: { HTTPS_PROXY: it, NO_PROXY: "other.invalid" } }), ["-"]],
    ["NO_PROXY with another port", (it) => ({ env: { HTTPS_PROXY: it, NO_PROXY: `${host}:1` } }), ["-"]],
    ["NO_PROXY with the name", (it) => ({ env: { HTTPS_PROXY: it, NO_PROXY: `x, ${host}` } }), []],
    ["no_proxy with its domain", (it) => ({ env: { HTTPS_PROXY: it, no_proxy: ".invalid" } }), []],
    ["NO_PROXY=*", (it) => ({ env: { HTTPS_PROXY: it, NO_PROXY: "*" } }), []],
    ["HTTP_PROXY, which is for http://", (it) => ({ env: { HTTP_PROXY: it } }), []],
  ];

  test.each(ways)("the same goes through the proxy by %s", async (_, way, logins) => {
    const { ours, theirs } = await both("serves", way);
    expect([ours.out, ours.asked]).toEqual([theirs.out, theirs.asked]);
    expect(ours.asked).toEqual(logins.map((it) => `CONNECT ${host} ${it}`));
    expect(ours.error).toBe(
      logins.length > 0 ? "" : `Unable to connect to the server: dial tcp: lookup ${host}: no such host`,
    );
  });

  const secured = (proxy: string): Way => ({ env: { HTTPS_PROXY: `https://me:${password}@${proxy}` } });
  const insecure = { "insecure-skip-tls-verify": true, "certificate-authority-data": null, "tls-server-name": null };

  test.each([
    ["its certificate is of the cluster's authority", "of the cluster", secured, true],
    ["its certificate is of another", "of another", secured, false],
    ["nobody wants to know", "of another", (it: string) => ({ ...secured(it), cluster: insecure }), true],
  ] as const)("a proxy over TLS is believed alike: %s", async (_, secure, way, believed) => {
    const { ours, theirs, proxy } = await both("serves", way, secure);
    const words = "tls: failed to verify certificate: x509: certificate signed by unknown authority";
    expect([ours.out, ours.asked]).toEqual([theirs.out, theirs.asked]);
    expect(ours.asked).toEqual(believed ? [`CONNECT ${host} me:${password}`] : []);
    expect(ours.error).toBe(believed ? "" : `Unable to connect to the server: the proxy ${proxy}: ${words}`);
  });

  test.each([
    ["wants another login", "wants another login (407)"],
    ["refuses", `refused the way to ${host}:PORT (403)`],
    ["dies", "closed the connection"],
    ["talks rubbish", "does not answer in HTTP"],
  ] as const)("through a proxy that %s nobody gets, and we say why", async (manner, says) => {
    const { ours, theirs, proxy } = await both(manner, (it) => ({ env: { HTTPS_PROXY: login(it) } }));
    expect([ours.out, ours.asked]).toEqual([theirs.out, theirs.asked]);
    expect(ours.error.replace(/(?<=invalid):\d+/, ":PORT")).toBe(
      `Unable to connect to the server: the proxy ${proxy} ${says}`,
    );
    expect(theirs.error).not.toBe("");
  });

  test("a proxy that dies under the server's handshake leaves one line", async () => {
    const { ours, theirs } = await both("dies later", (it) => ({ env: { HTTPS_PROXY: login(it) } }));
    expect([ours.out, ours.asked]).toEqual([theirs.out, theirs.asked]);
    expect(ours.error.replace(/:\d+/, "")).toBe(
      `Unable to connect to the server: ${host} closed the connection before its answer was complete`,
    );
  });
});
