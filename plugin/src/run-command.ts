import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import type { CommandName } from "./flag-table.ts";
import { readExplainFlags, readLintFlags, readOutput, readShell } from "./flag-values.ts";

/** Runs a command whose command line was read, whoever read it. Gives the exit code. */
export function runCommand(name: CommandName, line: CommandLine): Promise<number> {
  return runs[name](line);
}

/** What a command needs is loaded when it runs: the build makes a chunk of each import. */
const runs: { readonly [name in CommandName]: (line: CommandLine) => Promise<number> } = {
  lint: async (line) => {
    const request = readLintFlags(line);
    return (await import("./run-lint.ts")).runLint(request);
  },
  status: async (line) => (await import("./run-status.ts")).runStatus(line),
  usage: async (line) => (await import("./run-usage.ts")).runUsage(line),
  graph: async (line) => (await import("./run-graph.ts")).runGraph(line),
  rotate: async (line) =>
    isLive(line)
      ? (await import("./run-live-rotate.ts")).runLiveRotate(line)
      : (await import("./run-rotate.ts")).runRotate(line),
  "rotate resume": async (line) =>
    isLive(line)
      ? (await import("./run-live-rotate.ts")).runResume(line)
      : (await import("./run-rotate.ts")).runFileResume(line),
  "rotate rollback": async (line) =>
    isLive(line)
      ? (await import("./run-live-rotate.ts")).runRollback(line)
      : (await import("./run-rotate-end.ts")).runFileRollback(line),
  "rotate finish": async (line) =>
    isLive(line)
      ? (await import("./run-live-rotate.ts")).runLiveFinish(line)
      : (await import("./run-rotate-end.ts")).runFinish(line),
  render: async (line) => (await import("./run-render.ts")).runRender(line),
  diff: async (line) => (await import("./run-diff.ts")).runDiff(line),
  trace: async (line) => (await import("./run-trace.ts")).runTrace(line),
  doctor: async (line) => (await import("./run-doctor.ts")).runDoctor(line),
  top: async (line) => (await import("./run-top.ts")).runTop(line),
  deploy: async (line) => (await import("./run-deploy.ts")).runDeploy(line),
  undeploy: async (line) => (await import("./run-deploy.ts")).runUndeploy(line),
  probe: async (line) => (await import("./run-probe.ts")).runProbe(line),
  secret: async () => {
    throw new CliError('must say what to do, for example "secret create ro-quay-v1"');
  },
  "secret create": async (line) => (await import("./run-secret-create.ts")).runSecretCreate(line),
  inspect: async (line) => (await import("./run-inspect.ts")).runInspect(line),
  expiring: async (line) => (await import("./run-expiring.ts")).runExpiring(line),
  "rotate status": async (line) =>
    isLive(line)
      ? (await import("./run-live-rotate-status.ts")).runLiveStatus(line)
      : (await import("./run-rotate-status.ts")).runRotateStatus(line),
  schema: async () => {
    throw new CliError('must say what to do, for example "schema pull"');
  },
  "schema pull": async (line) => (await import("./run-schema.ts")).runSchemaPull(line),
  "schema show": async (line) => (await import("./run-schema.ts")).runSchemaShow(line),
  "schema list": async (line) => (await import("./run-schema.ts")).runSchemaList(line),
  rules: async ({ flags }) => (await import("./run-rules.ts")).runRules(readOutput(flags)),
  explain: async (line) => {
    const request = readExplainFlags(line);
    return (await import("./run-explain.ts")).runExplain(request);
  },
  lsp: async () => (await import("./run-lsp.ts")).runLsp(),
  completion: async (line) => {
    const shell = readShell(line);
    return (await import("./run-completion.ts")).runCompletion(shell);
  },
};

/** Without files the garden is meant. */
function isLive({ flags }: CommandLine): boolean {
  return flags["filename"] === undefined;
}
