import { helperSpecs } from "./helper-flags.ts";
import { lintSpec } from "./lint-spec.ts";
import { liveSpecs } from "./live-specs.ts";
import { rotationSpecs } from "./rotation-flags.ts";
import { runtimeSpecs } from "./runtime-flags.ts";
import { schemaSpecs } from "./schema-specs.ts";
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
  readonly values?: readonly string[] | undefined;
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
  | "status"
  | "usage"
  | "graph"
  | "rotate"
  | "rotate status"
  | "rotate resume"
  | "rotate rollback"
  | "rotate finish"
  | "schema"
  | "schema pull"
  | "schema show"
  | "schema list"
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

/** Every command there is, in the order of the help. */
export const commandSpecs: readonly CommandSpec[] = [
  lintSpec({ output, color }),
  ...liveSpecs,
  ...rotationSpecs({ output, color }),
  ...runtimeSpecs({ output, color }),
  ...upstreamSpecs({ output, color }),
  ...schemaSpecs(output),
  ...helperSpecs({ output }),
];
