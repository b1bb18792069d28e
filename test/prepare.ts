// Brings the real programs that suites run: `prepare.ts cluster`, or all without a name. What is there already takes no time.
import { kubeApiserver } from "./cluster/programs.ts";
import { findDistribution } from "./tools/distribution.ts";
import { buildGoProgram, findGo, findGoProgram } from "./tools/go-program.ts";

const suites: { readonly [name: string]: () => Promise<void> } = {
  cluster: async () => {
    if (findGoProgram(kubeApiserver).met) return;
    const go = findGo();
    if (!go.met) throw new Error(`${go.reason}; ${go.enable}`);
    tell("Building kube-apiserver, about five minutes the first time ...");
    await buildGoProgram(kubeApiserver);
  },
  runtime: async () => {
    tell("Looking for Distribution, and building it the first time ...");
    const found = findDistribution();
    if (!found.met) throw new Error(`${found.reason}; ${found.enable}`);
  },
};

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
