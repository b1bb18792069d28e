import { CliError, didYouMean } from "./cli-error.ts";
import { readCommandLine } from "./command-line.ts";
import { complete } from "./completion.ts";
import { type FoundCommand, findCommand, topCommands } from "./find-command.ts";
import { writeTo } from "./host/standard-streams.ts";
import { reportError } from "./report-error.ts";
import { renderRootHelp } from "./root-help.ts";
import { runCommand } from "./run-command.ts";
import { version } from "./version.ts";

try {
  main(process.argv.slice(2));
} catch (error) {
  reportError(error);
}

/** Answers what is plain at once. oclif takes 50 ms to load: it gets what is left, which is mostly mistakes. */
function main(argv: readonly string[]): void {
  const [first = "", ...rest] = argv;
  if (first === "--version" || first === "version") writeTo(1, `kubectl registry-cache ${version}\n`);
  else if (first === "__complete") complete(rest).then((answer) => writeTo(1, answer), reportError);
  else if (first === "help") main([...rest.slice(0, findCommand(rest)?.spec.name.split(" ").length ?? 1), "--help"]);
  else if (argv.length === 0 || (rest.length === 0 && isHelp(first))) writeTo(1, renderRootHelp());
  else if (isHelp(first)) frame(argv).catch(reportError);
  else start(findCommand(argv) ?? refuseCommand(first), argv);
}

function isHelp(word: string): boolean {
  return word === "--help" || word === "-h";
}

function refuseCommand(word: string): never {
  if (word.startsWith("-")) {
    const hint = didYouMean(word, ["--help", "--version"]) || ", flags follow the command";
    throw new CliError(`unknown flag ${word}${hint}`);
  }
  const known = topCommands().map((it) => it.name);
  const hint = didYouMean(word, known) || `, known are ${known.slice(0, -1).join(", ")} and ${known.at(-1)}`;
  throw new CliError(`unknown command "${word}"${hint}`);
}

function start({ spec, rest }: FoundCommand, argv: readonly string[]): void {
  const line = readCommandLine(rest, spec);
  if (line === undefined) frame(argv).catch(reportError);
  else runCommand(spec.name, line).then(setExitCode, reportError);
}

function setExitCode(code: number): void {
  process.exitCode = code;
}

async function frame(argv: readonly string[]): Promise<void> {
  const framework = await import("./oclif.ts");
  await framework.runFramework(argv);
}
