import { expect, test } from "vitest";
import { parseDockerConfig } from "./docker-config.ts";

const auth = Buffer.from("reader:s3:cret").toString("base64");
const login = { registry: "quay.io", username: "reader", password: "s3:cret" };
const none = { store: undefined, helpers: new Map() };

test.each([
  ["docker", { auths: { "quay.io": { auth } } }, login],
  ["username and password", { auths: { "quay.io": { username: "reader", password: "s3:cret" } } }, login],
  ["auth beside an older password", { auths: { "quay.io": { auth, username: "x", password: "y" } } }, login],
  ["padded", { auths: { "quay.io": { auth: Buffer.from("reader:s3:cret\0\0").toString("base64") } } }, login],
  [".dockercfg", { "quay.io": { auth, email: "x" } }, login],
  ["kept by a helper", { auths: { "quay.io": {} } }, undefined],
  ["no base64", { auths: { "quay.io": { auth: "!" } } }, undefined],
] as const)("reads a login as %s", (_, config, expected) => {
  const auths = [{ registry: "quay.io", login: expected, hasToken: false }];
  expect(parseDockerConfig(JSON.stringify(config))).toEqual({ ...none, auths });
});

test("a token takes the place of a login", () => {
  const config = { auths: { "a.example": { auth, identitytoken: "t" }, "b.example": { registrytoken: "t" } } };
  expect(parseDockerConfig(JSON.stringify(config))?.auths).toEqual([
    { registry: "a.example", login: undefined, hasToken: true },
    { registry: "b.example", login: undefined, hasToken: true },
  ]);
});

test("names the programs that keep logins", () => {
  const config = { credsStore: "desktop", credHelpers: { "gcr.io": "gcloud", x: 1, y: "" } };
  expect(parseDockerConfig(JSON.stringify(config))).toEqual({
    auths: [],
    store: "desktop",
    helpers: new Map([["gcr.io", "gcloud"]]),
  });
});

test.each(["", "x", "{", "[]", "null", "{}", '{"a":{"b":"c"}}', '{"type":"service_account"}'])("%j is none", (text) => {
  expect(parseDockerConfig(text)).toBe(undefined);
});

test("an entry that is no object is passed over", () => {
  expect(parseDockerConfig('{"auths":{"a":1,"b":null,"__proto__":[]}}')).toEqual({ ...none, auths: [] });
});
