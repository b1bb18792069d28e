import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { run, scratch } from "./plugin.ts";
import { planted, plantedSecret, shootWithCaches, unveiled } from "./runtime-manifests.ts";

/** The objects that a run printed as YAML: kind and name, and for a Secret its values. */
function objectsIn(yaml: string): readonly string[] {
  return parseAllDocuments(yaml).map((it) => {
    const { kind, metadata } = it.toJSON();
    return `${kind} ${metadata.namespace ?? "-"}/${metadata.name.replace(/-[0-9a-f]{8}$/, "-HASH")}`;
  });
}

/** How the extension names a Secret with one value. */
function hashOf(value: string): string {
  const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
  return sha256(sha256(value)).slice(0, 8);
}

const files = { "shoot.yaml": shootWithCaches(), "secret.yaml": plantedSecret() };

test("prints the objects that the extension would create", () => {
  const { code, stdout } = run(["render", "-f", ".", "--reproducible"], { cwd: scratch(files) });
  expect([code, objectsIn(stdout)]).toEqual([
    0,
    [
      "Service kube-system/registry-quay-io",
      "Secret kube-system/registry-quay-io-config-HASH",
      "Secret kube-system/registry-quay-io-tls-HASH",
      "StatefulSet kube-system/registry-quay-io",
      "Service kube-system/registry-docker-io",
      "Secret kube-system/registry-docker-io-config-HASH",
      "StatefulSet kube-system/registry-docker-io",
      "NetworkPolicy kube-system/gardener.cloud--allow-registry-cache",
    ],
  ]);
});

test("renders autoscalers and monitoring where the Shoot has them or they are asked for", () => {
  const cwd = scratch({ "shoot.yaml": shootWithCaches({ vpa: true }) });
  const { stdout } = run(["render", "-f", ".", "--reproducible", "--seed-namespace", "shoot--dev--one"], { cwd });
  expect(objectsIn(stdout).filter((it) => !/^(Service|Secret|StatefulSet|NetworkPolicy) /.test(it))).toEqual([
    "VerticalPodAutoscaler kube-system/registry-quay-io",
    "VerticalPodAutoscaler kube-system/registry-docker-io",
    "ConfigMap shoot--dev--one/registry-cache-dashboards",
    "PrometheusRule shoot--dev--one/shoot-registry-cache",
    "ScrapeConfig shoot--dev--one/shoot-registry-cache",
  ]);
});

test("prints one List as JSON, and its notes as lines of JSON beside it", () => {
  const { stdout, stderr } = run(["render", "-f", "shoot.yaml", "--reproducible", "-o", "json"], {
    cwd: scratch(files),
  });
  const { apiVersion, kind, items } = JSON.parse(stdout);
  expect([apiVersion, kind, items.map((it: { kind: string }) => it.kind)]).toEqual([
    "v1",
    "List",
    ["Service", "Secret", "Secret", "StatefulSet", "Service", "Secret", "StatefulSet", "NetworkPolicy"],
  ]);
  const notes = stderr.trimEnd().split("\n");
  expect(notes.map((it) => JSON.parse(it)).map(({ code, name, upstream }) => [code, name, upstream])).toEqual([
    ["RC401", "login-unknown", "quay.io"],
    ["RC403", "address-unknown", "quay.io"],
    ["RC403", "address-unknown", "docker.io"],
  ]);
});

const secretFlags: readonly (readonly [string, readonly string[]])[] = [
  ["a folder", ["-f", "."]],
  ["a file of its own", ["-f", "shoot.yaml", "--secret", "secret.yaml"]],
];
const outputs = [
  ["-o", "yaml"],
  ["-o", "json"],
  ["-o", "hosts.toml"],
  ["--profile", "cluster"],
  ["--profile", "cluster", "-o", "json"],
  ["--profile", "cluster", "--service-monitor", "--reproducible"],
];

test.each(secretFlags.flatMap(([where, flags]) => outputs.map((it) => ({ where, flags, output: it }))))(
  "no value of a Secret from $where is in $output",
  ({ flags, output }) => {
    const { code, stdout, stderr } = run(["render", ...flags, ...output], { cwd: scratch(files) });
    const seen = unveiled(stdout + stderr);
    const found = [...Object.values(planted), "PRIVATE KEY"].filter((it) => seen.includes(it));
    expect([code, found]).toEqual([0, []]);
  },
);

test.each(secretFlags)("with --with-credentials the login from %s is where the registry reads it", (_, flags) => {
  const args = ["render", ...flags, "--with-credentials", "--reproducible"];
  const { stdout } = run(args, { cwd: scratch(files) });
  const holders = parseAllDocuments(stdout)
    .map((it) => it.toJSON())
    .filter((it) => unveiled(JSON.stringify(it)).includes(planted.password));
  const [config = ""] = holders.map((it) => Buffer.from(it.data["config.yml"], "base64").toString());
  expect(holders.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
    ["Secret", `registry-quay-io-config-${hashOf(config)}`],
  ]);
});

test("the name of the config Secret is that of the whole values, shown or not", () => {
  const names = [[], ["--with-credentials"]].map((flags) => {
    const { stdout } = run(["render", "-f", ".", "--reproducible", ...flags], { cwd: scratch(files) });
    return /registry-quay-io-config-[0-9a-f]{8}/.exec(stdout)?.[0];
  });
  expect(names[0]).toMatch(/^registry-quay-io-config/);
  expect(names[0]).toBe(names[1]);
});

test("with --profile cluster the login is in a Secret that only --with-credentials fills", () => {
  const logins = [[], ["--with-credentials"]].map((flags) => {
    const args = ["render", "-f", ".", "--profile", "cluster", "--reproducible", ...flags];
    const { stdout, stderr } = run(args, { cwd: scratch(files) });
    const secret = parseAllDocuments(stdout)
      .map((it) => it.toJSON())
      .find((it) => it.metadata.name === "registry-quay-io-credentials");
    return { ...secret.stringData, notes: stderr };
  });
  expect(logins).toEqual([
    {
      username: "<redacted>",
      password: "<redacted>",
      notes:
        "note: RC404 quay.io: the login and key of this cache must not be applied like this; add --with-credentials\n",
    },
    { ...planted, notes: "" },
  ]);
});

test("a Secret that is not there leaves <redacted>, and a note says so", () => {
  const { code, stdout, stderr } = run(["render", "-f", "shoot.yaml", "--reproducible", "--with-credentials"], {
    cwd: scratch(files),
  });
  expect([code, unveiled(stdout).includes("password: '<redacted>'")]).toEqual([0, true]);
  expect(stderr.split("\n")[0]).toBe(
    `note: RC401 quay.io: Secret "quay-v1" is not in these files; the login is <redacted>, so the Secret's name ends in another hash than the extension's`,
  );
});

test("a login that the extension's template would spoil is quoted, and a note says so", () => {
  const secret = plantedSecret("quay-v1", { username: "@planted", password: "x\n" });
  const cwd = scratch({ ...files, "secret.yaml": secret });
  const { stdout, stderr } = run(["render", "-f", ".", "--reproducible", "--with-credentials"], { cwd });
  const config = unveiled(stdout);
  expect([/ {2}username: .*/.exec(config)?.[0], / {2}password: .*/.exec(config)?.[0]]).toEqual([
    '  username: "@planted"',
    '  password: "x\\U0000000a"',
  ]);
  expect(stderr.split("\n").filter((it) => it.includes("RC402"))).toEqual([
    "note: RC402 quay.io: the extension would write the username so that the registry reads another or none; here it is quoted, so text and hash differ",
    "note: RC402 quay.io: the extension would write the password so that the registry reads another or none; here it is quoted, so text and hash differ",
  ]);
});

test("of several Shoots one must be named", () => {
  const cwd = scratch({ "a.yaml": shootWithCaches({ name: "a" }), "b.yaml": shootWithCaches({ name: "b" }) });
  const results = [[], ["--shoot", "c"], ["--shoot", "a", "-o", "hosts.toml"], ["--shoot", "a", "-n", "other"]].map(
    (flags) => {
      const { code, stderr } = run(["render", "-f", ".", ...flags], { cwd });
      return [code, stderr.split("\n")[0]];
    },
  );
  expect(results).toEqual([
    [2, "error: .: there are 2 Shoots, name one with --shoot: a, b"],
    [2, 'error: .: there is no Shoot "c"'],
    [
      0,
      `note: RC401 quay.io: Secret "quay-v1" is not in these files; the login is <redacted>, so the Secret's name ends in another hash than the extension's`,
    ],
    [2, 'error: .: there is no Shoot "a" of namespace "other"'],
  ]);
});

test("a Shoot with mistakes is rendered as long as the extension can decode it", () => {
  const broken = shootWithCaches().replace("size: 20Gi", "size: 0").replace("name: quay\n", "name: other\n");
  const undecodable = shootWithCaches().replace("upstream: docker.io", "upstreem: docker.io");
  const results = [broken, undecodable].map((text) => {
    const { code, stdout, stderr } = run(["render", "-f", "-", "--reproducible"], { input: text });
    return [code, objectsIn(stdout).filter((it) => it.startsWith("StatefulSet")), stderr.split("\n")[0]];
  });
  expect(results).toEqual([
    [
      0,
      ["StatefulSet kube-system/registry-quay-io", "StatefulSet kube-system/registry-docker-io"],
      `note: RC401 quay.io: "quay" names no Secret in spec.resources; the login is <redacted>, so the Secret's name ends in another hash than the extension's`,
    ],
    [2, [], "error: the extension cannot decode spec.extensions[0].providerConfig.caches[1].upstreem"],
  ]);
});

test("a folder is written for its owner only, again without a change, and a changed hash replaces its file", () => {
  const cwd = scratch(files);
  const write = (...flags: readonly string[]): string =>
    run(["render", "-f", ".", "-o", "dir=out", "--reproducible", ...flags], { cwd }).stdout;
  const list = (): readonly string[] =>
    readdirSync(join(cwd, "out"), { recursive: true, withFileTypes: true })
      .filter((it) => it.isFile())
      .map((it) => join(it.parentPath, it.name))
      .sort();
  const config = join(cwd, "out/kube-system/registry-quay-io-config.secret.yaml");
  expect(write("--with-credentials")).toBe("Wrote 10 files to out.\n");
  const before = list();
  expect(before.map((it) => it.slice(join(cwd, "out").length))).toEqual([
    "/certs.d/docker.io/hosts.toml",
    "/certs.d/quay.io/hosts.toml",
    "/kube-system/gardener.cloud--allow-registry-cache.network-policy.yaml",
    "/kube-system/registry-docker-io-config.secret.yaml",
    "/kube-system/registry-docker-io.service.yaml",
    "/kube-system/registry-docker-io.stateful-set.yaml",
    "/kube-system/registry-quay-io-config.secret.yaml",
    "/kube-system/registry-quay-io-tls.secret.yaml",
    "/kube-system/registry-quay-io.service.yaml",
    "/kube-system/registry-quay-io.stateful-set.yaml",
  ]);
  expect(before.map((it) => statSync(it).mode & 0o777)).toEqual(before.map(() => 0o600));
  expect(write("--with-credentials")).toBe("Wrote 0 files to out, 10 unchanged.\n");
  const old = readFileSync(config, "utf8");
  writeFileSync(join(cwd, "secret.yaml"), plantedSecret("quay-v1", { username: "planted-user", password: "other" }));
  expect(write("--with-credentials")).toBe("Wrote 2 files to out, 8 unchanged.\n");
  const read = (text: string): readonly (string | undefined)[] => {
    const [, value = ""] = /config.yml: (\S+)/.exec(text) ?? [];
    return [/config-([0-9a-f]{8})/.exec(text)?.[1], hashOf(Buffer.from(value, "base64").toString())];
  };
  const [first, second] = [old, readFileSync(config, "utf8")].map(read);
  expect([list(), first?.[0], second?.[0]]).toEqual([before, first?.[1], second?.[1]]);
  expect(first).not.toEqual(second);
});

test("equal input gives equal output with --reproducible, and without it new keys each time", () => {
  const cwd = scratch(files);
  const twice = (...flags: readonly string[]): boolean => {
    const [first, second] = [0, 1].map(
      () => run(["render", "-f", ".", "--with-credentials", ...flags], { cwd }).stdout,
    );
    return first === second && first !== "";
  };
  expect([twice("--reproducible"), twice(), twice("--profile", "cluster", "--reproducible")]).toEqual([
    true,
    false,
    true,
  ]);
});

test("the cluster profile puts everything into its own namespaces", () => {
  const args = ["render", "-f", ".", "--profile", "cluster", "--cluster-namespace", "caches", "--reproducible"];
  expect(objectsIn(run(args, { cwd: scratch(files) }).stdout)).toEqual([
    "Namespace -/caches",
    "Namespace -/caches-nodes",
    "NetworkPolicy caches/registry-caches",
    "Service caches/registry-quay-io",
    "ConfigMap caches/registry-quay-io-config-HASH",
    "Secret caches/registry-quay-io-credentials",
    "Secret caches/registry-quay-io-tls-HASH",
    "StatefulSet caches/registry-quay-io",
    "Service caches/registry-docker-io",
    "ConfigMap caches/registry-docker-io-config-HASH",
    "StatefulSet caches/registry-docker-io",
    "ConfigMap caches-nodes/registry-cache-nodes-HASH",
    "DaemonSet caches-nodes/registry-cache-nodes",
  ]);
});

test.each([
  [["-f", "shoot.yaml", "-o", "xml"], '-o takes yaml, json, hosts.toml or dir=PATH, not "xml"'],
  [
    ["-f", "shoot.yaml", "--endpoint", "quay.io"],
    '--endpoint takes UPSTREAM=URL, for example docker.io=https://10.4.0.10:5000, not "quay.io"',
  ],
  [["-f", "nowhere.yaml"], "nowhere.yaml: no such file or directory"],
  [[], "must specify -f with the file or directory of the Shoot, or -"],
  [["--ready-made", "public"], "--ready-made manifests are a folder for kubectl apply -k, say where by -o dir=PATH"],
])("%j is refused in one line", (flags, message) => {
  const { code, stdout, stderr } = run(["render", ...flags], { cwd: scratch(files) });
  expect([code, stdout, stderr]).toEqual([2, "", `error: ${message}\n`]);
});
