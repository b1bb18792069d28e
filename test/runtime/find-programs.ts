import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Requirement } from "../requirements.ts";
import type { GoProgram } from "../tools/go-program.ts";

/** Distribution as the extension ships it: what runs in a cache's pod. */
export const distribution: GoProgram = {
  name: "registry",
  module: join(import.meta.dirname, "tools"),
  package: "github.com/distribution/distribution/v3/cmd/registry",
  linkFlags: "-X github.com/distribution/distribution/v3/version.version=v3.1.1",
  enable: "npm run test:runtime",
};

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
