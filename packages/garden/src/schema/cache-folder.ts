import { homedir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../kubeconfig/load-kubeconfig.ts";

/** The folder for what gardens say of their schemas, in the user's cache directory. */
export function schemaFolder(env: Environment): string {
  return join(cacheDirectory(env), "kubectl-registry-cache", "schemas");
}

function cacheDirectory(env: Environment): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = env;
  if (xdg) return xdg;
  const home = env["HOME"] || env["USERPROFILE"] || homedir();
  if (process.platform === "win32") return local || join(home, "AppData", "Local");
  return process.platform === "darwin" ? join(home, "Library", "Caches") : join(home, ".cache");
}
