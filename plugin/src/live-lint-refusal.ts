import type { FlagValues } from "./command-line.ts";
import type { LintFlags } from "./flag-values.ts";
import { liveLintFlags } from "./live-flags.ts";

/** Why flags of the garden do not go together with the others; undefined where they do. */
export function findLiveRefusal(
  { names, live, fix, diff, against, baseline, output }: LintFlags,
  values: FlagValues,
  [word]: readonly string[],
): string | undefined {
  if (live === undefined) {
    // --garden-schema may name a context of it.
    const free = values["garden-schema"] === undefined ? [] : ["kubeconfig"];
    const needing = liveLintFlags.find((it) => values[it.name] !== undefined && !free.includes(it.name));
    if (needing !== undefined) return `--${needing.name} needs --live`;
    return word === undefined
      ? undefined
      : `unexpected argument "${word}", files are named with -f, see "kubectl registry-cache lint --help"`;
  }
  const { all, projects } = live.garden;
  if (names.length > 0 && word !== undefined) return "-f and names of live Shoots do not go together";
  if (names.length > 0 && (all || projects.length > 0)) return "-f and -A or --project do not go together";
  if (names.length > 0) return undefined;
  if (fix || diff) return "--fix and --diff change files, name them with -f";
  if (against !== undefined) return "--against compares files, name them with -f";
  if (baseline !== undefined) return "--baseline is for files, name them with -f";
  const forFiles = output !== "text" && output !== "json";
  return forFiles ? `-o ${output} names files, live Shoots are printed as text or json` : undefined;
}
