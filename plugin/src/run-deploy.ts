import { deployCaches, type OpenShoot, undeployCaches } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import { readClusterFlags } from "./cluster-flags.ts";
import type { CommandLine, FlagValues } from "./command-line.ts";
import { openDeployReport } from "./deploy-report.ts";
import { openOfFiles } from "./open-shoot-flags.ts";
import { printable } from "./print/printable.ts";
import { readShootFlags, readText } from "./shoot-flags.ts";

const defaultTimeout = 300;

/** Runs `deploy`: applies the cluster profile and waits for it. Gives the exit code: 1 where it is not ready in time, or not wanted. */
export async function runDeploy({ flags }: CommandLine): Promise<number> {
  const report = openDeployReport(flags);
  const authority = { certificate: readText(flags["ca-cert"]), key: readText(flags["ca-key"]) };
  const { namespace: _, ...cluster } = readClusterFlags(flags);
  const outcome = await deployCaches(
    {
      flags: cluster,
      open: openWhole(flags),
      namespace: readText(flags["cluster-namespace"]),
      image: readText(flags["image"]),
      serviceMonitor: flags["service-monitor"] === true,
      dryRun: flags["dry-run"] === true,
      timeout: readTimeout(flags) * 1_000,
      pause: () => new Promise((resolve) => setTimeout(resolve, 1_000)),
      makeCertificates: async (specs) =>
        (await import("./certificates/make-certificates.ts")).makeCertificates(specs, authority),
      newCertificates: authority.certificate !== undefined,
    },
    report.listener,
  );
  return report.end(outcome, "All is ready.");
}

/** Runs `undeploy`: takes the cluster profile away. Gives the exit code. */
export async function runUndeploy({ flags }: CommandLine): Promise<number> {
  const report = openDeployReport(flags);
  const { namespace: _, ...cluster } = readClusterFlags(flags);
  const request = {
    flags: cluster,
    namespace: readText(flags["cluster-namespace"]),
    dryRun: flags["dry-run"] === true,
  };
  return report.end(await undeployCaches(request, report.listener));
}

/** What is deployed replaces what runs, so a login that cannot be read must not be taken for one that is not there. */
function openWhole(flags: FlagValues): OpenShoot {
  const open = openOfFiles(readShootFlags(flags), { err: () => undefined });
  const [problem] = open.problems;
  if (problem !== undefined) throw new CliError(`${printable(problem.file)}: ${printable(problem.message)}`);
  return open;
}

function readTimeout(flags: FlagValues): number {
  const text = readText(flags["timeout"]);
  if (text === undefined) return defaultTimeout;
  if (!/^\d{1,6}$/.test(text)) throw new CliError(`--timeout takes a number of seconds, not "${printable(text)}"`);
  return Number(text);
}
