import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Requirement } from "../requirements.ts";
import { findGoProgram, type GoProgram } from "../tools/go-program.ts";

const version = "1.35.4";

/** The real API server, from published modules. */
export const kubeApiserver: GoProgram = {
  name: "kube-apiserver",
  module: join(import.meta.dirname, "tools"),
  package: "k8s.io/kubernetes/cmd/kube-apiserver",
  linkFlags: `-X k8s.io/component-base/version.gitVersion=v${version}`,
  enable: "npm run test:cluster",
};

/** Both programs of a control plane that tests need. */
export function findControlPlane(): Requirement & { readonly kubeApiserver: string } {
  const { path, ...server } = findGoProgram(kubeApiserver);
  const etcd = findEtcd();
  return { ...(server.met ? etcd : server), kubeApiserver: path };
}

function findEtcd(): Requirement {
  const enable = "install etcd (Debian: etcd-server)";
  try {
    execFileSync("etcd", ["--version"], { stdio: "ignore" });
    return { met: true, reason: "", enable };
  } catch {
    return { met: false, reason: "no etcd on the PATH", enable };
  }
}
