import { helperSpecs } from "./helper-flags.ts";
import { rotationSpecs } from "./rotation-flags.ts";
import { upstreamSpecs } from "./upstream-flags.ts";

/** One flag: what help, completion and every parser of the command line know of it. */
export interface FlagSpec {
  readonly name: string;
  readonly char?: "f" | "n" | "o" | "q" | "R" | "y";
  readonly type: "boolean" | "text" | "count";
  /** May be given several times. */
  readonly repeatable?: true;
  /** Has a `--no-` form. */
  readonly negatable?: true;
  /** The only values it takes. */
  readonly values?: readonly string[];
  /** What stands for the value in help. */
  readonly placeholder?: string;
  /** Its value names a file or directory. */
  readonly completesFiles?: true;
  /** What else is offered for its value when a shell asks. */
  readonly completes?: "codes";
  readonly summary: string;
}

/** The one word that a command may take beside its flags. */
export interface ArgumentSpec {
  readonly name: string;
  readonly summary: string;
  /** The only values it takes. */
  readonly values?: readonly string[];
  /** What is offered for it when a shell asks. */
  readonly completes?: "topics" | "secrets";
}

/** One command. A name of two words is a command of its own below the first word's. */
export interface CommandSpec {
  readonly name: CommandName;
  readonly summary: string;
  readonly description?: string;
  readonly examples: readonly string[];
  readonly argument?: ArgumentSpec;
  readonly flags: readonly FlagSpec[];
}

/** The commands that there are. */
export type CommandName =
  | "lint"
  | "probe"
  | "secret"
  | "secret create"
  | "inspect"
  | "expiring"
  | "rotate"
  | "rotate finish"
  | "rotate status"
  | "rules"
  | "explain"
  | "lsp"
  | "completion";

/** What the program is for, in one line. */
export const description = "Check Shoot manifests that use Gardener's registry cache, and rotate its credentials.";

const output: FlagSpec = {
  name: "output",
  char: "o",
  type: "text",
  values: ["text", "json"],
  summary: "Output format.",
};

const color: FlagSpec = {
  name: "color",
  type: "boolean",
  negatable: true,
  summary: "Use colors, or not. By default on a terminal, unless NO_COLOR is set.",
};

const lintOutput: FlagSpec = { ...output, values: ["text", "json", "sarif", "github", "gitlab", "junit"] };

const lint: CommandSpec = {
  name: "lint",
  summary: "Check and repair Shoots and the Secrets they refer to.",
  description: [
    "Everything named with -f is read as one workspace of Shoots and of what may stand for their Secrets.",
    "Exit codes: 0 clean or warnings only, 1 an error or too many warnings, 2 wrong usage or unreadable input.",
  ].join("\n"),
  examples: ["lint -f shoot.yaml", "lint -R -f manifests --fix --diff", "lint -f . --against git:HEAD -o json"],
  flags: [
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
    lintOutput,
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
    color,
  ],
};

/** Every command there is, in the order of the help. */
export const commandSpecs: readonly CommandSpec[] = [
  lint,
  ...rotationSpecs({ output, color }),
  ...upstreamSpecs({ output, color }),
  ...helperSpecs({ output }),
];
