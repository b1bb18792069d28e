import { dns1123SubdomainProblems, labelProblems, maxNameLength } from "@registry-cache/core";
import type { SecretSource } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine, FlagValues } from "./command-line.ts";
import { type GardenFlags, readGardenFlags } from "./garden-flags.ts";
import { readPasswordFlag } from "./password-flag.ts";
import { type HowFlags, readHow, readText, readUpstream } from "./probe-flags.ts";
import { refuseGardenFlags } from "./refuse-garden-flags.ts";
import { readExpires } from "./secret-expires.ts";
import { givesLogin, readSecretSource } from "./secret-source.ts";
import { readPairs } from "./shoot-flags.ts";

/** Where a new Secret goes. */
export type SecretPlace =
  | { readonly kind: "garden"; readonly dryRun: boolean; readonly output: "line" | "name" | "yaml" | "json" }
  | { readonly kind: "directory"; readonly path: string }
  | { readonly kind: "print" };

/** The command line of `secret create`. */
export interface SecretCreateFlags extends HowFlags {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly upstream: { readonly upstream: string; readonly remoteURL: string | undefined } | undefined;
  /** The Shoot, and which of its caches, that the Secret is for. */
  readonly shoot: string | undefined;
  readonly cache: string | undefined;
  /** Undefined where a person is to be asked. */
  readonly source: SecretSource | undefined;
  readonly username: string | undefined;
  readonly skipProbe: boolean;
  readonly place: SecretPlace;
  readonly sealer: "kubeseal" | "sops" | undefined;
  /** Whom kubeseal seals for; undefined where it asks its controller. */
  readonly certificate: string | undefined;
  readonly format: "yaml" | "json";
  readonly labels: { readonly [key: string]: string };
  readonly expires: string | undefined;
  readonly garden: GardenFlags;
}

/** Reads the command line of `secret create`, and refuses what does not go together. */
export function readSecretCreateFlags({ flags, argument: name }: CommandLine): SecretCreateFlags {
  if (name === undefined) throw new CliError("must name the new Secret, for example ro-quay-v1");
  refuseName(name);
  const place = readPlace(flags);
  const format = flags["output"] === "json" ? "json" : "yaml";
  return {
    name,
    namespace: readText(flags, "namespace"),
    place,
    ...readWhere(flags, place),
    username: readText(flags, "username"),
    ...readHow(flags),
    ...readSealer(flags, place, format),
    format,
    labels: readLabels(flags),
    expires: readExpires(flags, Date.now()),
    garden: readGardenFlags(flags),
    // Last, since it may read standard input.
    source: readSource(flags),
  };
}

function refuseName(name: string): void {
  const [problem] = dns1123SubdomainProblems(name);
  if (problem !== undefined) throw new CliError(`"${name}" is no name of a Secret: ${problem}`);
  if (name.length > maxNameLength)
    throw new CliError(
      `the name has ${name.length} characters, and the Secret of a cache may have ${maxNameLength}: its copy on the seed is called ref-NAME`,
    );
}

function readPlace(flags: FlagValues): SecretPlace {
  const { "dry-run": dryRun, output } = flags;
  const path = readText(flags, "to");
  if (path !== undefined && dryRun !== undefined) throw new CliError("--to and --dry-run do not go together");
  if (output === "name" && (path !== undefined || dryRun === "client"))
    throw new CliError("-o name is for what is made in the garden");
  if (path !== undefined) return { kind: "directory", path };
  if (dryRun === "client") return { kind: "print" };
  if (output === "name") return { kind: "garden", dryRun: dryRun === "server", output };
  if (output !== "yaml" && output !== "json") return { kind: "garden", dryRun: dryRun === "server", output: "line" };
  if (dryRun === undefined)
    throw new CliError(`-o ${output} prints the password: it goes with --dry-run=client or --dry-run=server`);
  return { kind: "garden", dryRun: true, output };
}

/** Where the credential is tried: in a garden, the caches that the Secret is for are found there. */
function readWhere(
  flags: FlagValues,
  place: SecretPlace,
): Pick<SecretCreateFlags, "upstream" | "shoot" | "cache" | "skipProbe"> {
  const [upstream, shoot, cache] = [
    readText(flags, "upstream"),
    readText(flags, "shoot"),
    readText(flags, "cache"),
  ] as const;
  const skipProbe = flags["skip-probe"] === true;
  if (upstream !== undefined && shoot !== undefined) throw new CliError("--upstream and --shoot do not go together");
  if (cache !== undefined && shoot === undefined) throw new CliError("--cache needs --shoot");
  if (skipProbe && shoot !== undefined) throw new CliError("--shoot and --skip-probe do not go together");
  const inGarden = place.kind === "garden" || shoot !== undefined;
  if (!inGarden) {
    const forKubeseal = flags["seal"] === true ? ["kubeconfig", "context"] : [];
    refuseGardenFlags(flags, "and none is asked here", ["namespace", ...forKubeseal]);
  }
  if (!inGarden && upstream === undefined && !skipProbe)
    throw new CliError("must know where to try the credential: --upstream UPSTREAM, --shoot NAME, or --skip-probe");
  return { upstream: upstream === undefined ? undefined : readUpstream(upstream), shoot, cache, skipProbe };
}

function readSealer(
  flags: FlagValues,
  place: SecretPlace,
  format: "yaml" | "json",
): Pick<SecretCreateFlags, "sealer" | "certificate"> {
  const [kubeseal, sops] = [flags["seal"] === true, flags["sops"] === true];
  const certificate = readText(flags, "seal-cert");
  if (kubeseal && sops) throw new CliError("--seal and --sops do not go together");
  if (certificate !== undefined && !kubeseal) throw new CliError("--seal-cert needs --seal");
  if (!kubeseal && !sops) return { sealer: undefined, certificate };
  if (place.kind === "garden") throw new CliError("--seal and --sops are for manifests: --to DIR or --dry-run=client");
  if (format === "json") throw new CliError("--seal and --sops write YAML");
  if (kubeseal && readText(flags, "namespace") === undefined)
    throw new CliError("--seal needs -n: a sealed Secret can be opened in its own namespace only");
  return { sealer: kubeseal ? "kubeseal" : "sops", certificate };
}

function readLabels(flags: FlagValues): SecretCreateFlags["labels"] {
  const labels = readPairs(flags["label"], "--label takes KEY=VALUE, for example team=garden");
  for (const [key, value] of labels) {
    const [problem] = labelProblems(key, value);
    if (problem !== undefined) throw new CliError(`--label: "${key}=${value}" is no label: ${problem}`);
  }
  return Object.fromEntries(labels);
}

function readSource(flags: FlagValues): SecretSource | undefined {
  const username = readText(flags, "username");
  const passwordStdin = flags["password-stdin"] === true;
  const source = readSecretSource(flags);
  if (source !== undefined && givesLogin({ username, passwordStdin }, source))
    throw new CliError("the values can come from one place only");
  if (!passwordStdin) return source;
  if (username === undefined) throw new CliError("--password-stdin needs --username");
  return { kind: "given", credential: { username, password: readPasswordFlag() } };
}
