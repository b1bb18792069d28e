import { execFile, execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { makeScratch } from "@registry-cache/testkit";
import { cleanEnvironment } from "../cli/plugin.ts";
import type { Requirement } from "../requirements.ts";
import type { Cluster } from "./cluster.ts";

/** What is mounted into every pod of a service account. */
export interface PodFiles {
  readonly token: string;
  readonly namespace: string;
  readonly "ca.crt"?: string;
}

/** What a program in a pod has printed; standard error without what client-go logs beside it. */
export interface PodRun {
  readonly out: string;
  readonly error: string;
}

/** A mount namespace of its own: as root, or as root of a user namespace of its own. */
const ways = [["-m"], ["-r", "-m"]] as const;

/** Whether this machine lets us mount a service account where only one program sees it. */
export function findPods(): Requirement & { readonly flags: readonly string[] } {
  const enable = "allow unshare -m (Linux as root, or with user namespaces)";
  for (const flags of ways) if (canMount(flags)) return { met: true, reason: "", enable, flags };
  return { met: false, reason: "unshare cannot make a mount namespace", enable, flags: [] };
}

function canMount(flags: readonly string[]): boolean {
  try {
    execFileSync("unshare", [...flags, "mount", "-t", "tmpfs", "none", "/var/run"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const script = `
mount -t tmpfs none /var/run || exit 99
mkdir -p /var/run/secrets/kubernetes.io
cp -r "$0" /var/run/secrets/kubernetes.io/serviceaccount
exec "$@"
`;

/** Runs a program as a pod of the cluster would: it finds the service account and the server, and no kubeconfig. */
export async function runInPod(
  { server }: Cluster,
  flags: readonly string[],
  files: PodFiles,
  { command, env = {} }: { readonly command: readonly string[]; readonly env?: { readonly [name: string]: string } },
): Promise<PodRun> {
  const folder = makeScratch({ "home/none": "" });
  const account = makeScratch();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(account, name), text);
  const { hostname, port } = new URL(server);
  const { KUBECONFIG, POD_NAMESPACE, ...rest } = cleanEnvironment();
  const service = { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };
  const options = { env: { ...rest, HOME: join(folder, "home"), ...service, ...env } };
  const args = [...flags, "sh", "-c", script, account, ...command];
  const { stdout, stderr } = await promisify(execFile)("unshare", args, options).catch((error: unknown) => {
    if (error instanceof Error && "stdout" in error && "stderr" in error)
      return { stdout: String(error.stdout), stderr: String(error.stderr) };
    throw error;
  });
  const told = stderr.split("\n").filter((it) => !/^[EWI]\d{4} /.test(it));
  return { out: stdout, error: told.join("\n").trim() };
}
