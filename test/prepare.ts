// Brings the real programs that suites run: `prepare.ts cluster`, or all without a name. What is there already takes no time.
import { kubeApiserver } from "./cluster/programs.ts";
import { type HostVersion, hostVersions, installHost, isInstalled } from "./editor/host/install-host.ts";
import { distribution } from "./runtime/find-programs.ts";
import { ageKeygen, kubeseal, sops } from "./sealing/programs.ts";
import { buildGoProgram, findGo, findGoProgram, type GoProgram } from "./tools/go-program.ts";

const suites: { readonly [name: string]: () => Promise<void> } = {
  cluster: () => build(kubeApiserver, "kube-apiserver, about five minutes the first time"),
  runtime: () => build(distribution, "Distribution, about a minute the first time"),
  sealing: async () => {
    await build(ageKeygen, "age-keygen");
    await build(kubeseal, "kubeseal, about a minute the first time");
    await build(sops, "sops, about two minutes the first time");
  },
  editor: async () => {
    for (const version of Object.keys(hostVersions) as HostVersion[]) {
      if (!isInstalled(version)) tell(`Fetching VS Code in code-server ${hostVersions[version]}, up to 250 MB ...`);
      installHost(version);
    }
  },
};

async function build(program: GoProgram, title: string): Promise<void> {
  if (findGoProgram(program).met) return;
  const go = findGo();
  if (!go.met) throw new Error(`${go.reason}; ${go.enable}`);
  tell(`Building ${title} ...`);
  await buildGoProgram(program);
}

const wanted = process.argv.slice(2);
for (const [name, prepare] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  try {
    await prepare();
  } catch (error) {
    // The suite says so itself, and is skipped.
    tell(`error: ${name}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
