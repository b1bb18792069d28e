import { lspSpec as lsp } from "./lsp-flags.ts";
import { rotationSpecs } from "./rotation-flags.ts";
import { runtimeSpecs } from "./runtime-flags.ts";
import { upstreamSpecs } from "./upstream-flags.ts";

/** One flag: what help, completion and every parser of the command line know of it. */
export interface FlagSpec {
  readonly name: string;
  readonly char?: "f" | "n" | "o" | "q" | "R" | "w" | "y";
  readonly type: "boolean" | "text" | "count";
  /** May be given several times. */
  readonly repeatable?: true;
  /** Has a `--no-` form. */
  readonly negatable?: true;
  /** The only values it takes. */
  readonly values?: readonly string[] | undefined;
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
  | "render"
  | "diff"
  | "trace"
  | "doctor"
  | "top"
  | "deploy"
  | "undeploy"
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

/** The shells that can complete our words. */
export const shells = ["bash", "zsh", "fish", "powershell"] as const;

/** One of the shells. */
export type Shell = (typeof shells)[number];

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

const rules: CommandSpec = {
  name: "rules",
  summary: "List everything that lint checks.",
  examples: ["rules", "rules -o json"],
  flags: [output],
};

const explain: CommandSpec = {
  name: "explain",
  summary: "Explain a rule, or a field of a manifest.",
  description: [
    "A rule is named by its code or its name, a field by its path in a Shoot, RegistryConfig, MirrorConfig or Secret.",
    "The path may begin with the kind; without it, the first of these that has such a field is meant.",
  ].join(" "),
  examples: ["explain RC201", "explain spec.resources", "explain registryconfig.caches --recursive"],
  argument: { name: "topic", summary: "Code or name of a rule, or path of a field.", completes: "topics" },
  flags: [{ name: "recursive", type: "boolean", summary: "Show all fields below it as a tree." }, output],
};

const completion: CommandSpec = {
  name: "completion",
  summary: "Print the script with which a shell completes our words.",
  description: [
    "It is for those who call kubectl-registry_cache directly. kubectl's own script completes",
    "kubectl registry-cache as soon as kubectl_complete-registry_cache is on the PATH, too.",
  ].join(" "),
  examples: ["completion bash", "completion zsh"],
  argument: { name: "shell", summary: "bash, zsh, fish or powershell.", values: shells },
  flags: [],
};

/** Every command there is, in the order of the help. */
export const commandSpecs: readonly CommandSpec[] = [
  lint,
  ...rotationSpecs({ output, color }),
  ...runtimeSpecs({ output, color }),
  ...upstreamSpecs({ output, color }),
  rules,
  explain,
  lsp,
  completion,
];
