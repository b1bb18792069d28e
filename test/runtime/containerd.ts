import { execFile, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Requirement } from "../requirements.ts";

/** A containerd of its own, with nothing in it. */
export interface Containerd {
  /** Fetches an image with what stands below `certsD`, and with `name:password` of a pod; gives the exit code and what was said. */
  fetch(
    image: string,
    certsD: string,
    pullSecret?: string,
  ): Promise<{ readonly code: number; readonly output: string }>;
  stop(): Promise<void>;
}

/** containerd, and the right to run one. */
export function findContainerd(): Requirement {
  const enable = "install containerd and run the tests as root";
  try {
    execFileSync("containerd", ["--version"], { stdio: "ignore" });
  } catch {
    return { met: false, reason: "no containerd on the PATH", enable };
  }
  return { met: process.getuid?.() === 0, reason: "containerd needs root", enable };
}

/** Starts containerd with all that it keeps in a folder. */
export async function startContainerd(folder: string): Promise<Containerd> {
  const socket = join(folder, "containerd.sock");
  const config = join(folder, "config.toml");
  mkdirSync(folder, { recursive: true });
  // Fetching needs neither pods nor snapshots.
  const settings = {
    version: 2,
    root: join(folder, "root"),
    state: join(folder, "state"),
    disabled_plugins: ["io.containerd.grpc.v1.cri"],
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  writeFileSync(config, `${lines.join("")}[grpc]\n  address = ${JSON.stringify(socket)}\n`);
  const child = spawn("containerd", ["--config", config], { stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const deadline = Date.now() + 20_000;
  while (!existsSync(socket)) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error("containerd did not start");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    fetch: (image, certsD, pullSecret) =>
      new Promise((resolve) => {
        const login = pullSecret === undefined ? [] : ["--user", pullSecret];
        const args = [
          "--address",
          socket,
          "content",
          "fetch",
          "--all-platforms",
          "--hosts-dir",
          certsD,
          ...login,
          image,
        ];
        execFile("ctr", args, { timeout: 20_000 }, (error, stdout, stderr) => {
          resolve({ code: error === null ? 0 : 1, output: stdout + stderr });
        });
      }),
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Writes the files of a certs.d folder. */
export function writeCertsD(folder: string, files: { readonly [path: string]: string }): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
