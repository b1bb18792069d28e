import { chmodSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseDockerConfig } from "@registry-cache/core";
import { makeScratch } from "@registry-cache/testkit";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findDockerLogin } from "./docker-login.ts";

const folder = (): string => process.env["SCRATCH"] ?? "";
const auth = (user: string): { readonly auth: string } => ({ auth: Buffer.from(`${user}:PLANTED`).toString("base64") });

/** Helpers that note how they were started, as shell scripts. */
const helpers = {
  good: `tr '\\0' ' ' < /proc/$$/cmdline > "$SCRATCH/argv"; tr '\\0' '\\n' < /proc/$$/environ > "$SCRATCH/environ"; cat > "$SCRATCH/stdin"
echo '{"ServerURL":"x","Username":"helped","Secret":"PLANTED"}'`,
  unknowing: "echo 'credentials not found in native keychain'; exit 1",
  talkative: "echo 'failed with PLANTED'; echo PLANTED >&2; exit 3",
  silent: "exec sleep 30",
  endless: "exec yes PLANTED",
  wrong: "echo PLANTED",
  token: `echo '{"Username":"<token>","Secret":"PLANTED"}'`,
};

beforeEach(() => {
  const files = Object.entries(helpers).map(([name, script]) => [
    `docker-credential-${name}`,
    `#!/bin/sh\n${script}\n`,
  ]);
  const root = makeScratch(Object.fromEntries(files));
  for (const name of Object.keys(helpers)) chmodSync(join(root, `docker-credential-${name}`), 0o755);
  vi.stubEnv("SCRATCH", root);
  vi.stubEnv("PATH", `${root}:${process.env["PATH"]}`);
});

afterEach(() => {
  rmSync(folder(), { recursive: true, force: true });
  vi.unstubAllEnvs();
});

async function find(config: object, upstream: string, repository?: string): Promise<string> {
  const parsed = parseDockerConfig(JSON.stringify(config));
  if (parsed === undefined) throw new Error("unreachable: the test's configuration is one");
  const login = await findDockerLogin(parsed, { upstream, repository }, { timeoutMilliseconds: 1000 });
  if (!login.ok) return login.error;
  expect(login.value.password).toBe("PLANTED");
  return `user ${login.value.username}`;
}

const hub = { auths: { "https://index.docker.io/v1/": auth("hub") } };

test.each([
  ["plain", { auths: { "quay.io": auth("a") } }, "quay.io", undefined, "user a"],
  ["with a scheme", { auths: { "https://quay.io": auth("a") } }, "quay.io", undefined, "user a"],
  ["with a version", { auths: { "https://quay.io/v2/": auth("a") } }, "quay.io", undefined, "user a"],
  ["with a port", { auths: { "quay.io:5000": auth("a"), "quay.io": auth("b") } }, "quay.io:5000", undefined, "user a"],
  ["Docker Hub", hub, "docker.io", "library/alpine", "user hub"],
  ["Docker Hub by podman", { auths: { "docker.io": auth("p") } }, "docker.io", undefined, "user p"],
  [
    "part of a registry",
    { auths: { "quay.io": auth("a"), "quay.io/team": auth("b"), "quay.io/te": auth("c") } },
    "quay.io",
    "team/app",
    "user b",
  ],
  ["another registry", hub, "quay.io", undefined, 'no login for "quay.io" in it'],
  ["an empty entry", { auths: { "quay.io": {} } }, "quay.io", undefined, 'the entry for "quay.io" holds no login'],
  [
    "a token",
    { auths: { "quay.io": { identitytoken: "PLANTED" } } },
    "quay.io",
    undefined,
    'the login for "quay.io" is a token without a password, which a cache cannot use',
  ],
  [
    "the helper of a registry",
    { ...hub, credsStore: "unknowing", credHelpers: { "quay.io": "good" } },
    "quay.io",
    undefined,
    "user helped",
  ],
  [
    "the helper for all, whatever auths hold",
    { auths: { "quay.io": auth("a") }, credsStore: "good" },
    "quay.io",
    undefined,
    "user helped",
  ],
  [
    "a helper that knows none",
    { credsStore: "unknowing" },
    "quay.io",
    undefined,
    'docker-credential-unknowing has no login for "quay.io"',
  ],
  [
    "a helper that fails and talks",
    { credsStore: "talkative" },
    "quay.io",
    undefined,
    "docker-credential-talkative failed with exit code 3",
  ],
  [
    "a helper that hangs",
    { credsStore: "silent" },
    "quay.io",
    undefined,
    "docker-credential-silent gave no answer within 1 s",
  ],
  [
    "a helper without end",
    { credsStore: "endless" },
    "quay.io",
    undefined,
    "docker-credential-endless printed more than a login",
  ],
  [
    "a helper that prints no JSON",
    { credsStore: "wrong" },
    "quay.io",
    undefined,
    "docker-credential-wrong printed no login",
  ],
  [
    "a helper with a token",
    { credsStore: "token" },
    "quay.io",
    undefined,
    "docker-credential-token gave a token without a password, which a cache cannot use",
  ],
  ["no such helper", { credsStore: "gone" }, "quay.io", undefined, "docker-credential-gone was not found, install it"],
  [
    "a helper with a path",
    { credsStore: "../../bin/sh" },
    "quay.io",
    undefined,
    '"../../bin/sh" is no name of a credential helper',
  ],
] as const)("looks up %s", async (...[, config, upstream, repository, expected]) => {
  expect(await find(config, upstream, repository)).toBe(expected);
});

test("a helper gets the server on its standard input, and no secret anywhere", async () => {
  await find({ ...hub, auths: { "quay.io": auth("x") }, credsStore: "good" }, "docker.io");
  const read = (name: string): string => readFileSync(join(folder(), name), "utf8");
  expect(read("stdin")).toBe("https://index.docker.io/v1/");
  expect(read("argv").trim()).toBe(`/bin/sh ${folder()}/docker-credential-good get`);
  expect(read("environ")).not.toContain("PLANTED");
});
