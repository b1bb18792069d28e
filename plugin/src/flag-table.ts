import { lintSpec } from "./lint-spec.ts";
import { liveSpecs } from "./live-specs.ts";
import { rotationSpecs } from "./rotation-flags.ts";
import { upstreamSpecs } from "./upstream-flags.ts";

/** One flag: what help, completion and every parser of the command line know of it. */
export interface FlagSpec {
  readonly name: string;
  readonly char?: "A" | "R" | "f" | "l" | "n" | "o" | "q" | "s" | "w" | "y";
  readonly type: "boolean" | "text" | "count";
  /** May be given several times. */
  readonly repeatable?: true;
  /** Has a `--no-` form. */
  readonly negatable?: true;
  /** The only values it takes. */
  readonly values?: readonly string[];
  /** Values that a shell offers, though it takes others, too. */
  readonly offers?: readonly string[];
  /** What stands for the value in help. */
  readonly placeholder?: string;
  /** Its value names a file or directory. */
  readonly completesFiles?: true;
  /** What else is offered for its value when a shell asks. */
  readonly completes?: "codes" | "contexts";
  readonly summary: string;
}

/** The word that a command may take beside its flags. */
export interface ArgumentSpec {
  readonly name: string;
  readonly summary: string;
  /** Any number of such words may be given. */
  readonly repeatable?: true;
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
  | "status"
  | "usage"
  | "graph"
  | "rotate"
  | "rotate status"
  | "rotate resume"
  | "rotate rollback"
  | "rotate finish"
  | "rules"
  | "explain"
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
  lintSpec({ output, color }),
  ...liveSpecs,
  ...rotationSpecs({ output, color }),
  ...upstreamSpecs({ output, color }),
  rules,
  explain,
  completion,
];
