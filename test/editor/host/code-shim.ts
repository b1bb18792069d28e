#!/usr/bin/env node
// Stands where VS Code's test runners expect its executable: same arguments, same exit code. The window is a headless
// Chromium, the extension host the one of a VS Code server.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type HostVersion, hostVersions } from "./install-host.ts";
import { startHost } from "./start-host.ts";

/** What a server without its native parts says, and VS Code's own small talk. */
const noise =
  /build\/Release|bindings file|^(%c|Ignoring fetching additional|Creating a socket|Resolv(ing|ed) connection token|\[(Service Worker|AgentHost|AccountPolicyGate|reconnection-grace-time)|Updating additional builtin)/;
const patience = 280_000;

const { flags, rest } = readArguments(process.argv.slice(2));
const version: HostVersion = process.env["VSCODE_HOST"] === "oldest" ? "oldest" : "current";
// The runners ask for the version before they start anything.
if (flags.has("version")) process.stdout.write(`${hostVersions[version]}\n`);
else process.exitCode = await runSuite();

async function runSuite(): Promise<number> {
  const empty = mkdtempSync(join(tmpdir(), "registry-cache-empty-"));
  const folder = toPath(flags.get("folder-uri")?.[0] ?? rest[0] ?? empty);
  const [extensions] = flags.get("extensions-dir") ?? [];
  const host = await startHost({ version, folder, runsSuite: true, ...(extensions && { extensions }) });
  try {
    const exit = Promise.withResolvers<number>();
    await host.page.exposeFunction("codeAutomationLog", (type: string, given: readonly unknown[]) => {
      if (!given.some((it) => typeof it === "string" && noise.test(it))) print(type, given);
    });
    await host.page.exposeFunction("codeAutomationExit", exit.resolve);
    const address = (path: string) => host.uri(toPath(path));
    await host.open([
      ...(flags.get("extensionDevelopmentPath") ?? []).map((it) => ["extensionDevelopmentPath", address(it)] as const),
      ...(flags.get("extensionTestsPath") ?? []).map((it) => ["extensionTestsPath", address(it)] as const),
      ["skipWelcome", "true"],
    ]);
    const code = await Promise.race([exit.promise, host.died, timeout()]);
    const shot = process.env["SHIM_SCREENSHOT"];
    if (code !== 0 && shot) await host.page.screenshot({ path: shot });
    return code;
  } finally {
    await host.close();
    rmSync(empty, { recursive: true });
  }
}

function timeout(): Promise<number> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`the suite did not end in ${patience / 1000} seconds`)), patience).unref();
  });
}

function print(type: string, given: readonly unknown[]): void {
  (type === "error" || type === "warn" ? console.error : console.log)(...given);
}

function toPath(given: string): string {
  return resolve(given.startsWith("file:") ? fileURLToPath(given) : given);
}

function readArguments(args: readonly string[]): {
  readonly flags: ReadonlyMap<string, readonly string[]>;
  readonly rest: readonly string[];
} {
  const flags = new Map<string, string[]>();
  const rest: string[] = [];
  for (const arg of args) {
    const [, name, value = ""] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === undefined) rest.push(arg);
    else flags.set(name, [...(flags.get(name) ?? []), value]);
  }
  return { flags, rest };
}
