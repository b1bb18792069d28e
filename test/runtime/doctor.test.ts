import { rmSync } from "node:fs";
import { join } from "node:path";
import { contentHash, renderConfigFile, toRuntimeCache } from "@registry-cache/runtime";
import { createAuthority, makeScratch, writeKubeconfig } from "@registry-cache/testkit";
import { afterAll, describe, expect, test } from "vitest";
import { runAsync } from "../cli/run-async.ts";
import { lacks } from "../requirements.ts";
import { findGoProgram } from "../tools/go-program.ts";
import { startCachesApi } from "./caches-api.ts";
import { distribution as program } from "./find-programs.ts";
import { challenge, name, registry, tokens, withPassword, withToken } from "./image.ts";
import { startRendered } from "./rendered-registry.ts";
import { type Handler, type Stage, serve, serveTls } from "./servers.ts";

const distribution = findGoProgram(program);
const right = { username: "planted-user", password: "planted-word" };
const zero = `sha256:${"0".repeat(64)}`;

/** A cache in front of an upstream, and what doctor says of it. */
interface Situation {
  readonly name: string;
  readonly upstream: (stage: Stage) => Promise<string>;
  /** What the cache runs with; the Shoot's Secret is always the right one. */
  readonly login?: { readonly username: string; readonly password: string };
  /** What becomes of the rendered configuration before the registry gets it. */
  readonly spoil?: (config: string) => string;
  /** Ends the upstream when the cache runs. */
  readonly away?: true;
  readonly found: readonly string[];
}

const basic = (): Handler => registry(withPassword(right.username, right.password), challenge('Basic realm="a"'));
const lets = withPassword(right.username, right.password);

async function bearer(stage: Stage, where: "same" | "other"): Promise<string> {
  const token = tokens(lets);
  let base = "";
  const elsewhere = `http://127.0.0.1:${await serve(stage, token)}`;
  const handler: Handler = (request, response) => {
    const realm = where === "same" ? `${base}/token` : `${elsewhere}/token`;
    if (request.url?.startsWith("/token")) return token(request, response);
    return registry(withToken, challenge(`Bearer realm="${realm}",service="a"`))(request, response);
  };
  base = `http://127.0.0.1:${await serve(stage, handler)}`;
  return base;
}

const plain = async (stage: Stage): Promise<string> => `http://127.0.0.1:${await serve(stage, basic())}`;
const withTls = async (stage: Stage): Promise<string> => {
  const { certificate: cert, key } = createAuthority().issue({ commonName: "a", names: ["127.0.0.1"] });
  return `https://127.0.0.1:${await serveTls(stage, basic(), { cert, key })}`;
};

const situations: readonly Situation[] = [
  { name: "all is well by Basic", upstream: plain, found: [] },
  { name: "all is well by Bearer", upstream: (it) => bearer(it, "same"), found: [] },
  { name: "the upstream's authority is unknown", upstream: withTls, found: ["RC501 upstream-untrusted"] },
  {
    name: "remoteURL is http and the upstream has TLS",
    upstream: async (it) => (await withTls(it)).replace("https:", "http:"),
    found: ["RC502 upstream-scheme"],
  },
  {
    name: "remoteURL is https and the upstream has no TLS",
    upstream: async (it) => (await plain(it)).replace("http:", "https:"),
    found: ["RC502 upstream-scheme"],
  },
  {
    name: "nobody listens",
    upstream: async () => "http://127.0.0.1:1",
    found: ["RC503 upstream-unreachable-at-start"],
  },
  {
    name: "the name does not resolve",
    upstream: async () => "http://registry.invalid",
    found: ["RC503 upstream-unreachable-at-start"],
  },
  {
    name: "config.yml is no YAML",
    upstream: plain,
    spoil: (it) => it.replace("username: planted-user", "username: @planted-user"),
    found: ["RC504 configuration-unreadable"],
  },
  {
    name: "config.yml is YAML of another form, and the parser quotes it",
    upstream: plain,
    spoil: (it) => it.replace("  ttl: 168h0m0s\n", "").replace("username: planted-user", "ttl: planted-user"),
    found: ["RC504 configuration-unreadable"],
  },
  {
    name: "the password is an old one, by Basic",
    upstream: plain,
    login: { ...right, password: "planted-old" },
    found: ["RC512 login-outdated", "RC513 login-rejected"],
  },
  {
    name: "the password is an old one, by Bearer",
    upstream: (it) => bearer(it, "same"),
    login: { ...right, password: "planted-old" },
    found: ["RC512 login-outdated", "RC513 login-rejected"],
  },
  {
    name: "tokens come from elsewhere",
    upstream: (it) => bearer(it, "other"),
    found: ["RC514 realm-withheld"],
  },
  { name: "the upstream is gone", upstream: plain, away: true, found: ["RC515 upstream-unreachable"] },
];

describe.skipIf(lacks(distribution, "doctor names what is wrong with real caches"))("doctor", () => {
  const scene = makeScratch();
  afterAll(() => rmSync(scene, { recursive: true, force: true }));

  test.concurrent.each(situations)(
    "$name",
    async (situation) => {
      const stage: Stage = { closers: [] };
      const behind: Stage = { closers: [] };
      try {
        const folder = join(scene, String(situations.indexOf(situation)));
        const remoteUrl = await situation.upstream(behind);
        const { config, log, exitCode, probe } = await runCache(stage, folder, situation, { remoteUrl, behind });
        const configName = `registry-a-example-com-config-${contentHash({ "config.yml": config })}`;
        const shown = { app: "registry-a-example-com", upstream: "a.example.com", configName, config, log };
        const api = await startCachesApi({
          ...shown,
          ...(exitCode !== undefined && { exitCode }),
          ...(probe && { probe }),
        });
        stage.closers.push(() => void api.close());
        const kubeconfig = writeKubeconfig(makeScratch(), api);
        const files = makeScratch({ "shoot.yaml": shootOf(remoteUrl), "secret.yaml": secret });
        const args = ["doctor", "--kubeconfig", kubeconfig, "-f", files, "--admin"];
        const json = await runAsync([...args, "-o", "json", "--repository", `a.example.com=${name}`]);
        const { findings } = JSON.parse(json.stdout);
        const found = findings.map((it: { code: string; name: string }) => `${it.code} ${it.name}`);
        const text = await runAsync([...args, "--repository", `a.example.com=${name}`]);
        const leaked = /planted/.test([json.stdout, json.stderr, text.stdout, text.stderr].join(""));
        expect({ found, code: [json.code, text.code], leaked }).toEqual({
          found: situation.found,
          code: situation.found.length === 0 ? [0, 0] : [1, 1],
          leaked: false,
        });
      } finally {
        for (const close of [...stage.closers, ...behind.closers]) close();
      }
    },
    60_000,
  );

  interface Ran {
    readonly config: string;
    readonly log: string;
    readonly exitCode?: number;
    readonly probe?: { readonly status: number; readonly body: string };
  }

  async function runCache(
    stage: Stage,
    folder: string,
    { login = right, spoil = (it) => it, away }: Situation,
    { remoteUrl, behind }: { readonly remoteUrl: string; readonly behind: Stage },
  ): Promise<Ran> {
    const cache = toRuntimeCache({ upstream: "a.example.com", remoteUrl, tls: false });
    const config = renderConfigFile(cache, login).text;
    let log = "";
    const running = await startRendered(stage, distribution.path, folder, {
      config: spoil(config),
      onLog: (text) => (log += text),
    });
    if ("ended" in running) return { config, log, exitCode: log.includes("panic: ") ? 2 : 1 };
    if (away) for (const close of behind.closers.splice(0)) close();
    const answer = await fetch(`http://127.0.0.1:${running.port}/v2/${name}/manifests/${zero}`);
    return { config, log, probe: { status: answer.status, body: await answer.text() } };
  }
});

function shootOf(remoteUrl: string): string {
  return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: one, namespace: garden-dev }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
      - { upstream: a.example.com, remoteURL: "${remoteUrl}", secretReferenceName: login, http: { tls: false } }
  resources:
  - { name: login, resourceRef: { apiVersion: v1, kind: Secret, name: login-v1 } }
`;
}

const secret = `apiVersion: v1
kind: Secret
metadata: { name: login-v1, namespace: garden-dev }
immutable: true
stringData: { username: ${right.username}, password: ${right.password} }
`;
