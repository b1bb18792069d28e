import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "./servers.ts";

/** A registry that runs, or why it ended. */
export type Running = RunningRegistry | { readonly ended: string };

/** A registry that runs. */
export interface RunningRegistry {
  readonly port: number;
  /** Asks it to end, as the kubelet does, and waits until it has. */
  readonly stop: () => Promise<void>;
}

/** How a cache is set up, as the extension would. */
export interface CacheSettings {
  readonly remoteURL: string;
  readonly username: string;
  readonly password: string;
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  /** The file with the one authority that it trusts beside none. */
  readonly authority: string | undefined;
}

/** The configuration as the extension's template writes it (pkg/component/registrycaches/templates/config.yml.tpl): the username without quotes. */
function renderConfig({ remoteURL, username, password }: CacheSettings, root: string): string {
  const login =
    username === "" || password === ""
      ? ""
      : `  username: ${username}\n  password: '${password.replaceAll("'", "''")}'\n`;
  return [
    "version: 0.1\nlog:\n  fields:\n    service: registry\n",
    `storage:\n  delete:\n    enabled: true\n  filesystem:\n    rootdirectory: ${root}\n  tag:\n    concurrencylimit: 5\n`,
    "http:\n  addr: 127.0.0.1:0\n  draintimeout: 25s\n  headers:\n    X-Content-Type-Options: [nosniff]\n",
    `proxy:\n  remoteurl: ${remoteURL}\n  ttl: 168h0m0s\n${login}`,
  ].join("");
}

/** Starts Distribution as a cache; waits until it listens or has ended. */
export function startCache(stage: Stage, program: string, folder: string, settings: CacheSettings): Promise<Running> {
  const { httpProxy, httpsProxy, authority } = settings;
  const env = {
    OTEL_TRACES_EXPORTER: "none",
    ...(httpProxy ? { HTTP_PROXY: httpProxy } : {}),
    ...(httpsProxy ? { HTTPS_PROXY: httpsProxy } : {}),
    ...(authority ? { SSL_CERT_FILE: authority } : {}),
  };
  return start(stage, { program, folder, env, config: renderConfig(settings, join(folder, "data")) });
}

/** Starts Debian's registry with this `auth` section. */
export function startUpstream(stage: Stage, folder: string, auth: string): Promise<Running> {
  const storage = `storage:\n  filesystem:\n    rootdirectory: ${join(folder, "data")}\n`;
  const config = `version: 0.1\nlog:\n  level: info\n${storage}http:\n  addr: 127.0.0.1:0\n${auth}`;
  return start(stage, { program: "docker-registry", folder, env: {}, config });
}

/** How a registry is started: its whole configuration, which must let the system pick the port. */
export interface Start {
  readonly program: string;
  readonly folder: string;
  readonly env: { readonly [name: string]: string };
  readonly config: string;
  /** Gets what it logs. */
  readonly onLog?: (text: string) => void;
}

/** Starts a registry; waits until it listens or has ended. */
export function start(stage: Stage, { program, folder, env, config, onLog }: Start): Promise<Running> {
  mkdirSync(folder, { recursive: true });
  // Upstreams share their folder.
  const file = join(folder, `config-${randomUUID()}.yml`);
  writeFileSync(file, config);
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(program, ["serve", file], { env: { PATH, HOME, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  stage.closers.push(() => child.kill("SIGKILL"));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
  };
  return new Promise((resolve) => {
    let log = "";
    const read = (chunk: Buffer): void => {
      log += chunk.toString();
      onLog?.(chunk.toString());
      const [, port] = /listening on [^\s"]*:(\d+)/.exec(log) ?? [];
      if (port !== undefined) resolve({ port: Number(port), stop });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", (error) => resolve({ ended: error.message }));
    // Its last words may come after its end.
    child.once("close", () =>
      resolve({ ended: (/^(panic|configuration error).*$/m.exec(log)?.[0] ?? log).slice(0, 300) }),
    );
  });
}
