import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Requirement } from "../requirements.ts";

/** The version that the extension ships. */
const version = "3.1.1";
/** Its go.mod asks for Go 1.25; an older Go that cannot fetch another by itself fetches this one as a module. */
const toolchain = "golang.org/toolchain@v0.0.1-go1.25.9";
const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "registry-cache-tools");

/** Distribution as the cache runs it, built by Go at first use and kept in the user's cache. */
export function findDistribution(): Requirement & { readonly path: string } {
  const enable = "apt-get install golang-go, and connect to the Go module proxy";
  try {
    const path = builtDistribution();
    execFileSync(path, ["--version"], { stdio: "ignore" });
    return { met: true, path, reason: "", enable };
  } catch (error) {
    const [reason = ""] = String(error instanceof Error ? error.message : error).split("\n");
    return { met: false, path: "", reason: `no Distribution ${version} (${reason})`, enable };
  }
}

/** Debian's docker-registry, which plays the upstream. Only its program is used, never its service. */
export function findDebianRegistry(): Requirement {
  const { status } = spawnSync("docker-registry", ["--version"], { stdio: "ignore" });
  return {
    met: status === 0,
    reason: "no `docker-registry` on the PATH",
    enable: "apt-get install docker-registry, and stop its service",
  };
}

/** What makes certificates, which Node cannot. */
export function findOpenssl(): Requirement {
  const { status } = spawnSync("openssl", ["version"], { stdio: "ignore" });
  return { met: status === 0, reason: "no `openssl` on the PATH", enable: "apt-get install openssl" };
}

function builtDistribution(): string {
  const folder = join(cache, `distribution-${version}`);
  const path = join(folder, "registry");
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const scratch = mkdtempSync(join(folder, "build-"));
  try {
    const module = `github.com/distribution/distribution/v3/cmd/registry@v${version}`;
    const env = { ...process.env, GOBIN: scratch, GOFLAGS: "-buildvcs=false", CGO_ENABLED: "0" };
    execFileSync(findGo(scratch), ["install", module], { env, stdio: "pipe", cwd: scratch });
    // Renamed, so that a suite that runs beside never starts half a program.
    renameSync(join(scratch, "registry"), path);
    return path;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A Go that can build it: the machine's own from 1.21 on, which fetches a newer one where it must, or one fetched here. */
function findGo(scratch: string): string {
  const [, minor = "0"] = /go1\.(\d+)/.exec(execFileSync("go", ["version"], { encoding: "utf8" })) ?? [];
  if (Number(minor) >= 21) return "go";
  const platform = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
  const env = { ...process.env, GOFLAGS: "-modcacherw" };
  const args = ["mod", "download", "-json", `${toolchain}.${platform}`];
  const { Dir } = JSON.parse(execFileSync("go", args, { env, encoding: "utf8", cwd: scratch, stdio: "pipe" }));
  // A module's files are not executable.
  for (const folder of ["bin", `pkg/tool/${platform.replace("-", "_")}`]) {
    for (const name of readdirSync(join(Dir, folder))) chmodSync(join(Dir, folder, name), 0o755);
  }
  return join(Dir, "bin/go");
}
