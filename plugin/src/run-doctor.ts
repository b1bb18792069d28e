import { type DoctorReport, examineCaches } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import { clusterError } from "./cluster-error.ts";
import { readClusterFlags } from "./cluster-flags.ts";
import type { CommandLine, FlagValues } from "./command-line.ts";
import { readNodesRequest } from "./doctor-nodes.ts";
import { readOutput } from "./flag-values.ts";
import { openOfFiles } from "./open-shoot-flags.ts";
import { printable } from "./print/printable.ts";
import { plural } from "./print/summary.ts";
import { openTerminal } from "./print/terminal.ts";
import { readPairs, readShootFlags, readText } from "./shoot-flags.ts";

/** Runs `doctor`: prints what is wrong with running caches. Gives the exit code: 1 where an error was found. */
export async function runDoctor({ argument: shoot, flags }: CommandLine): Promise<number> {
  const hasFiles = flags["filename"] !== undefined;
  if (shoot !== undefined && hasFiles) throw new CliError("SHOOT and -f do not go together: the garden has the Shoot");
  const terminal = openTerminal();
  const report = await examineCaches({
    flags: readClusterFlags(flags),
    shoot,
    open: hasFiles ? openOfFiles(readShootFlags(flags), terminal) : undefined,
    admin: flags["admin"] === true,
    namespace: readText(flags["cluster-namespace"]) ?? "kube-system",
    repositories: readPairs(flags["repository"], "--repository takes UPSTREAM=NAME, for example quay.io=team/app"),
    nodes: readNodesRequest(flags, terminal),
    now: Date.now(),
  });
  if (!report.ok) throw clusterError(report);
  const { out, err, flush } = terminal;
  if (readOutput(flags) === "json") out(`${JSON.stringify(shown(report.value, flags), undefined, 2)}\n`);
  else {
    out(renderReport(report.value));
    if (flags["hosts-toml"] === true) out(`\n${report.value.hostsToml}`);
    for (const it of report.value.unseen) err(`note: not looked at: ${printable(it)}\n`);
  }
  flush();
  return report.value.findings.some((it) => it.severity === "error") ? 1 : 0;
}

function shown({ hostsToml, ...report }: DoctorReport, flags: FlagValues): object {
  return flags["hosts-toml"] === true ? { ...report, hostsToml } : report;
}

function renderReport({ upstreams, findings }: DoctorReport): string {
  const caches = plural(upstreams.length, "cache");
  if (findings.length === 0) return `nothing is wrong with ${caches}\n`;
  const parts = findings.map(({ code, name, severity, subject, message, evidence, next }) =>
    [
      `${subject}: ${severity} ${code} ${name}`,
      `  ${message}`,
      ...evidence.map((it) => `  seen: ${it}`),
      `  next: ${next}`,
    ]
      .map((it) => `${printable(it)}\n`)
      .join(""),
  );
  return `${parts.join("\n")}\n${plural(findings.length, "finding")} in ${caches}\n`;
}
