import { expect, test } from "vitest";
import { isGardenError } from "../garden-error.ts";
import { proxyFor, usesProxy } from "./proxy.ts";

// The cases follow the tests of golang.org/x/net/http/httpproxy.
test.each<[string, string, boolean]>([
  ["https://localhost", "", false],
  ["https://127.0.0.1:6443", "", false],
  ["https://127.9.9.9", "", false],
  ["https://[::1]", "", false],
  ["https://garden.example", "", true],
  ["https://garden.example", "*", false],
  ["https://garden.example", "other.example", true],
  ["https://garden.example", "garden.example", false],
  ["https://garden.example", " GARDEN.example ,x", false],
  ["https://api.garden.example", "garden.example", false],
  ["https://api.garden.example", ".garden.example", false],
  ["https://garden.example", ".garden.example", true],
  ["https://garden.example", "*.garden.example", true],
  ["https://api.garden.example", "*.garden.example", false],
  ["https://mygarden.example", "garden.example", true],
  ["https://garden.example", "garden.example:443", false],
  ["https://garden.example:6443", "garden.example:443", true],
  ["http://garden.example", "garden.example:80", false],
  ["https://garden.example", ":443", true],
  ["https://10.1.2.3", "10.1.2.3", false],
  ["https://10.1.2.3", "10.0.0.0/8", false],
  ["https://11.1.2.3", "10.0.0.0/8", true],
  ["https://garden.example", "10.0.0.0/8", true],
  ["https://10.1.2.3:6443", "10.1.2.3:6443", false],
  ["https://10.1.2.3:6443", "10.1.2.3:443", true],
  ["https://[fd00::1]", "fd00::/8", false],
  ["https://[fd00::1]", "fd00:0::1", false],
  ["https://[fd00::1]:6443", "[fd00::1]:6443", false],
  ["https://10.1.2.3", "10.0.0.0/99", true],
])("%s with NO_PROXY %j uses a proxy: %s", (server, noProxy, uses) => {
  expect(usesProxy(new URL(server), noProxy)).toBe(uses);
});

function chosen(server: string, cluster: string, env: { readonly [name: string]: string }): string {
  try {
    return proxyFor(new URL(server), cluster, env)?.href ?? "none";
  } catch (error) {
    return isGardenError(error) ? error.message : String(error);
  }
}

const noAddress = "is no address of a proxy; in its name and password each of / ? # % is written as %2F %3F %23 %25";

test.each([
  ["https://a", "", { HTTPS_PROXY: "http://p:1" }, "http://p:1/"],
  ["https://a", "", { https_proxy: "http://p:1" }, "http://p:1/"],
  ["https://a", "", { HTTPS_PROXY: "p:1" }, "http://p:1/"],
  ["https://a", "", { HTTP_PROXY: "http://p:1" }, "none"],
  ["http://a", "", { HTTP_PROXY: "http://p:1", HTTPS_PROXY: "http://q:1" }, "http://p:1/"],
  ["https://a", "", { HTTPS_PROXY: "http://p:1", NO_PROXY: "a" }, "none"],
  ["https://a", "socks5://s:1", { HTTPS_PROXY: "http://p:1", NO_PROXY: "a" }, "socks5://s:1"],
  ["https://a", "ftp://s:1", {}, 'proxy-url of the cluster has the scheme "ftp"; it must be http, https or socks5'],
  ["https://a", "", { HTTPS_PROXY: "http://u:hunter2@:x" }, `$HTTPS_PROXY ${noAddress}`],
  ["https://a", "", { HTTPS_PROXY: "http://u:100%@p:1" }, `$HTTPS_PROXY ${noAddress}`],
  ["https://a", "http://u:a/b@p:1", {}, `proxy-url of the cluster ${noAddress}`],
  ["https://a", "", { HTTPS_PROXY: "http://:x" }, "$HTTPS_PROXY is no address of a proxy"],
])("for %s with proxy-url %j and %j it is %s", (server, cluster, env, proxy) => {
  expect(chosen(server, cluster, env)).toBe(proxy);
});
