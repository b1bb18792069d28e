import type { CommandSpec, FlagSpec } from "./flag-table.ts";
import { liveLintFlags } from "./live-flags.ts";
import { gardenSchemaFlag } from "./schema-specs.ts";

/** The command `lint`, as the table has it. */
export function lintSpec({ output, color }: { readonly output: FlagSpec; readonly color: FlagSpec }): CommandSpec {
  const lintOutput: FlagSpec = { ...output, values: ["text", "json", "sarif", "github", "gitlab", "junit"] };

  return {
    name: "lint",
    summary: "Check and repair Shoots and the Secrets they refer to.",
    description: [
      "Everything named with -f is read as one workspace of Shoots and of what may stand for their Secrets. With --live the",
      "garden is asked for the Secrets and for what the Shoots use now; without -f its own Shoots are checked.",
      "Exit codes: 0 clean or warnings only, 1 an error, too many warnings or a refusal by admission, 2 wrong usage or",
      "unreadable input, 3 the garden could not be asked.",
    ].join("\n"),
    examples: [
      "lint -f shoot.yaml",
      "lint -R -f manifests --fix --diff",
      "lint -f . --against git:HEAD -o json",
      "lint -f . --live",
    ],
    argument: {
      name: "shoot",
      summary: "Names of live Shoots to check, with --live and without -f.",
      repeatable: true,
    },
    flags: [...sources, gardenSchemaFlag, lintOutput, ...choices, color, ...liveLintFlags],
  };
}

/** What is checked, and what is done about it. */
const sources: readonly FlagSpec[] = [
  {
    name: "filename",
    char: "f",
    type: "text",
    repeatable: true,
    placeholder: "FILE|DIR|-",
    completesFiles: true,
    summary: "File, directory or - for standard input. May be repeated.",
  },
  { name: "recursive", char: "R", type: "boolean", summary: "Read the folders in a directory too." },
  { name: "fix", type: "boolean", summary: "Write the fixes that are certain." },
  { name: "diff", type: "boolean", summary: "Show what --fix would change. Without --fix nothing is written." },
  {
    name: "against",
    type: "text",
    placeholder: "FILE|DIR|git:REV",
    completesFiles: true,
    summary: "Check as an update of the Shoots that are there or were at a Git revision.",
  },
];

/** Which findings are told. */
const choices: readonly FlagSpec[] = [
  { name: "quiet", char: "q", type: "boolean", summary: "Print one line for each error and nothing else." },
  {
    name: "max-warnings",
    type: "count",
    placeholder: "N",
    summary: "Exit with 1 when there are more warnings than this.",
  },
  {
    name: "select",
    type: "text",
    repeatable: true,
    placeholder: "CODES",
    completes: "codes",
    summary: "Check only for these codes, names or beginnings such as RC2, with commas between them.",
  },
  {
    name: "ignore",
    type: "text",
    repeatable: true,
    placeholder: "CODES",
    completes: "codes",
    summary: "Do not check for these codes, names or beginnings.",
  },
  {
    name: "baseline",
    type: "text",
    placeholder: "FILE",
    completesFiles: true,
    summary: "Tell only of findings that this file does not list.",
  },
  { name: "update-baseline", type: "boolean", summary: "Write what is found now to the file of --baseline." },
];
