import { parseYaml } from "@registry-cache/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { toRuntimeCache } from "./cache.ts";
import { renderConfigFile } from "./config-file.ts";

const cache = toRuntimeCache({ upstream: "docker.io", secretReferenceName: "docker" });

test("a login that the extension's template would spoil is quoted, and said to be", () => {
  const { text, mended } = renderConfigFile(cache, { username: "*robot", password: "a\nb" });
  expect({ tail: text.split("\n").slice(-5), mended }).toEqual({
    tail: [
      "  remoteurl: https://registry-1.docker.io",
      "  ttl: 168h0m0s",
      '  username: "*robot"',
      '  password: "a\\U0000000ab"',
      "",
    ],
    mended: ["username", "password"],
  });
});

test("half a login is none", () => {
  expect(renderConfigFile(cache, { username: "robot", password: "" })).toEqual(renderConfigFile(cache));
});

test("a remote URL that is none cannot change anything else", () => {
  const { text } = renderConfigFile({ ...cache, remoteUrl: "https://x\n  ttl: 0s" });
  expect(readProxy(text)).toEqual({ remoteurl: "https://x\n  ttl: 0s", ttl: "168h0m0s" });
});

test("every login arrives as it was", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", minLength: 1 }),
    fc.stringMatching(/^[-'"*&!|>#@%{}[\]:?~ \n\ta.]{1,8}$/),
  );
  fc.assert(
    fc.property(text.filter(isWellFormed), text.filter(isWellFormed), (username, password) => {
      const proxy = readProxy(renderConfigFile(cache, { username, password }).text);
      expect({ username: String(proxy["username"]), password: proxy["password"] }).toEqual({ username, password });
    }),
  );
});

/** A Secret's bytes that are no UTF-8 never get this far. */
function isWellFormed(text: string): boolean {
  return text.isWellFormed();
}

function readProxy(text: string): { readonly [key: string]: unknown } {
  const [document] = parseYaml(text);
  const root = document?.root;
  const proxy = root?.type === "map" ? root.entries.find((it) => it.name === "proxy")?.value : undefined;
  if (proxy?.type !== "map") return {};
  // Plain scalars count as their text: Distribution decodes into strings.
  return Object.fromEntries(
    proxy.entries.map(({ name, value }) => [name, value.type === "scalar" ? value.text : undefined]),
  );
}
