import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeScratch } from "@registry-cache/testkit";
import { expect, onTestFinished, test } from "vitest";
import { openServer, type Server, uriOf } from "./server.ts";

const planted = "N3W-PLANTED-PASSWORD";
const id = { name: "quay-v1", namespace: "garden-a" };
const credential = { username: "robot", password: planted };

const shoot = `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: a, namespace: garden-a }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches: [{ upstream: quay.io, secretReferenceName: quay }]
  resources:
  - { name: quay, resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 } }
`;

function sealed(name: string, letter: string): string {
  return `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: ${name}
  namespace: garden-a
spec:
  encryptedData: # by kubeseal
    username: "${letter.repeat(344)}"
    password: "${letter.repeat(348)}"
  template: { metadata: { name: ${name} }, immutable: true }
`;
}

function encrypted(name: string, values: string): string {
  return `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
  namespace: garden-a
type: Opaque
immutable: true
stringData:
  username: ENC[AES256_GCM,data:${values},type:str]
  password: ENC[AES256_GCM,data:${values},type:str]
sops:
  age:
  - recipient: age1invented
  lastmodified: "2030-01-01T00:00:00Z"
  mac: ENC[AES256_GCM,data:bWFj,type:str]
  encrypted_regex: ^(data|stringData)$
  version: 3.10.2
`;
}

const external = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: quay-v1, namespace: garden-a }
spec:
  secretStoreRef: { name: vault, kind: SecretStore }
  target: { name: quay-v1, immutable: true }
  dataFrom:
  - extract: { key: caches/quay-v1 }
`;

interface Opened {
  readonly server: Server;
  readonly folder: string;
  /** What the program that seals noted of its start. */
  noted(name: "argv" | "stdin" | "environ"): string;
}

/** A server whose PATH has a program that notes how it was started, and then runs a script. */
async function openFolder(program: string, script: string, old: string, trusted = true): Promise<Opened> {
  const notes = `tr '\\0' '\\n' < /proc/$$/environ > "$0.environ"; echo "$*" > "$0.argv"; cat > "$0.stdin"`;
  const help = `if [ "$1" = help ]; then echo "reads stdin"; exit; fi`;
  const bin = makeScratch({ [program]: `#!/bin/sh\n${help}\n${notes}\n${script}\n` });
  chmodSync(join(bin, program), 0o755);
  const folder = makeScratch({ "a.yaml": shoot, "s/quay-v1.yaml": old });
  onTestFinished(() => {
    for (const it of [bin, folder]) rmSync(it, { recursive: true, force: true });
  });
  const server = await openServer(
    { folders: [folder], options: { trusted } },
    { env: { PATH: `${bin}:/usr/bin:/bin` } },
  );
  const noted = (name: string) => (existsSync(join(bin, `${program}.${name}`)) ? read(bin, `${program}.${name}`) : "");
  return { server, folder, noted };
}

function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), "utf8").trimEnd();
}

/** Nothing that the server says has the password in it, and no file but one that only its program can read. */
function expectKept({ server, folder, noted }: Opened): void {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((it) => it.endsWith(".yaml"));
  const texts = files.map((it) => read(folder, it));
  const said = [JSON.stringify(server.received), server.stderr(), noted("argv"), noted("environ"), ...texts].join("\n");
  expect(said).not.toMatch(/PLANTED|UExBTlRFR/);
}

const written = (folder: string) => [uriOf(join(folder, "s/quay-v2.yaml")), uriOf(join(folder, "a.yaml"))];

test("a SealedSecret is sealed anew by kubeseal, which alone gets the new login", async () => {
  const script = `cat <<END\n${sealed("quay-v2", "b")}END`;
  const opened = await openFolder("kubeseal", script, sealed("quay-v1", "a"));
  const { server, folder, noted } = opened;
  const given = { ...id, credential };
  expect(await server.request("registryCache/planRotation", given)).toMatchObject({ to: "quay-v2", shootCount: 1 });
  expect(noted("argv")).toBe("");
  const order = { ...given, to: "quay-v2", certificate: "/certs/sealing.pem" };
  expect(await server.request("registryCache/carryOutRotation", order)).toEqual(written(folder));
  expect(noted("argv")).toBe("--format=yaml --cert=/certs/sealing.pem");
  expect(noted("stdin")).toContain(`password: "${planted}"`);
  expect(read(folder, "s/quay-v2.yaml")).toBe(sealed("quay-v2", "b").trimEnd());
  expect(read(folder, "a.yaml")).toContain("name: quay-v2");
  expectKept(opened);
});

test("a Secret of SOPS is encrypted anew by sops", async () => {
  const script = `cat <<END\n${encrypted("quay-v2", "bmV3")}END`;
  const opened = await openFolder("sops", script, encrypted("quay-v1", "b2xk"));
  const { server, folder } = opened;
  const order = { ...id, credential, to: "quay-v2" };
  expect(await server.request("registryCache/carryOutRotation", order)).toEqual(written(folder));
  expect(read(folder, "s/quay-v2.yaml")).toBe(encrypted("quay-v2", "bmV3").trimEnd());
  expectKept(opened);
});

test("an ExternalSecret needs no login, but where its store has the new one", async () => {
  const { server, folder } = await openFolder("nothing", "", external);
  expect(await server.request("registryCache/remoteKeys", id)).toEqual([{ key: "caches/quay-v1" }]);
  const remote = { keys: ["caches/quay-v1=caches/quay-v2"], unchanged: false };
  const order = { ...id, remote, to: "quay-v2" };
  expect(await server.request("registryCache/carryOutRotation", order)).toEqual(written(folder));
  expect(read(folder, "s/quay-v2.yaml")).toBe(
    external.replaceAll("name: quay-v1", "name: quay-v2").replace("caches/quay-v1", "caches/quay-v2").trimEnd(),
  );
});

test.each([
  [
    `echo "error: no cluster" >&2; exit 1`,
    'kubeseal failed with exit code 1: no cluster; with the setting "registryCache.sealing.certificate" no cluster is asked; nothing was written',
  ],
  [`cat "$0.stdin"`, "kubeseal gave back a manifest with values in it; nothing was written"],
])("where kubeseal does not seal nothing is written (%s)", async (script, message) => {
  const opened = await openFolder("kubeseal", script, sealed("quay-v1", "a"));
  const answer = await opened.server.ask("registryCache/carryOutRotation", { ...id, credential, to: "quay-v2" });
  expect(answer).toEqual({ error: { code: -32803, message } });
  expect(readdirSync(join(opened.folder, "s"))).toEqual(["quay-v1.yaml"]);
  expectKept(opened);
});

test("who cancels ends kubeseal, and nothing is written", async () => {
  const opened = await openFolder("kubeseal", "echo $$ > $0.environ; exec sleep 60", sealed("quay-v1", "a"));
  const { server, folder, noted } = opened;
  const order = { ...id, credential, to: "quay-v2" };
  const { answer, cancel } = server.start("registryCache/carryOutRotation", order);
  await expect.poll(() => /^\d+$/.test(noted("environ"))).toBe(true);
  cancel();
  const message = "kubeseal was stopped; nothing was written";
  expect(await answer).toEqual({ error: { code: -32803, message } });
  await expect.poll(() => existsSync(`/proc/${noted("environ")}`)).toBe(false);
  expect(readdirSync(join(folder, "s"))).toEqual(["quay-v1.yaml"]);
});

test("in a folder that is not trusted nothing is started", async () => {
  const { server, noted } = await openFolder("kubeseal", "", sealed("quay-v1", "a"), false);
  const answer = await server.ask("registryCache/carryOutRotation", { ...id, credential, to: "quay-v2" });
  const message = "the folders are not trusted, so nothing is written";
  expect([answer, noted("argv")]).toEqual([{ error: { code: -32803, message } }, ""]);
});
