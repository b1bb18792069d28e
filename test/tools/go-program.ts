import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Requirement } from "../requirements.ts";
import { userCache } from "./user-cache.ts";

/** A program that the Go toolchain builds from published modules. */
export interface GoProgram {
  readonly name: string;
  /** The folder of the module that pins it, with go.mod and go.sum. */
  readonly module: string;
  readonly package: string;
  readonly linkFlags: string;
  /** The command that builds it. */
  readonly enable: string;
}

/** Where the program is, if it was built. Building takes minutes, so that is `buildGoProgram`'s work. */
export function findGoProgram(program: GoProgram): Requirement & { readonly path: string } {
  const { name, enable } = program;
  const path = pathOf(program);
  return { met: existsSync(path), path, reason: `${name} was not built yet`, enable };
}

/** Builds a program, unless it is in the user's cache already. Fails in the words of the Go toolchain. */
export async function buildGoProgram(program: GoProgram): Promise<void> {
  const path = pathOf(program);
  if (existsSync(path)) return;
  mkdirSync(join(path, ".."), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  const args = ["build", "-trimpath", "-ldflags", `-s -w ${program.linkFlags}`, "-o", unfinished, program.package];
  const env = { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=readonly" };
  await promisify(execFile)("go", args, { cwd: program.module, env, maxBuffer: 1 << 26 });
  renameSync(unfinished, path);
}

/** The toolchain that builds the programs. */
export function findGo(): Requirement {
  const enable = "install Go 1.25 or newer";
  try {
    execFileSync("go", ["version"], { stdio: "ignore" });
    return { met: true, reason: "", enable };
  } catch {
    return { met: false, reason: "no Go toolchain on the PATH", enable };
  }
}

/** One build for each set of modules, flags and platform. */
function pathOf({ name, module, package: goPackage, linkFlags }: GoProgram): string {
  const hash = createHash("sha256");
  for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(module, file)));
  hash.update([goPackage, linkFlags, process.platform, process.arch].join("\n"));
  return join(userCache, "go", hash.digest("hex").slice(0, 16), name);
}
