import { dns1123SubdomainProblems } from "@registry-cache/core";
import type { SecretSource } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine, FlagValues } from "./command-line.ts";
import { readPasswordFlag } from "./password-flag.ts";
import { type HowFlags, readHow, readText, readUpstream } from "./probe-flags.ts";

/** The command line of `secret create`. */
export interface SecretCreateFlags extends HowFlags {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly upstream: { readonly upstream: string; readonly remoteURL: string | undefined } | undefined;
  /** Undefined where a person is to be asked. */
  readonly source: SecretSource | undefined;
  readonly username: string | undefined;
  readonly skipProbe: boolean;
  /** A directory; undefined where the manifest is printed. */
  readonly to: string | undefined;
  readonly sealer: "kubeseal" | "sops" | undefined;
  /** Whom kubeseal seals for; undefined where it asks its controller. */
  readonly certificate: string | undefined;
  readonly format: "yaml" | "json";
}

/** Reads the command line of `secret create`, and refuses what does not go together. */
export function readSecretCreateFlags({ flags, argument: name }: CommandLine): SecretCreateFlags {
  if (name === undefined) throw new CliError("must name the new Secret, for example ro-quay-v1");
  const [problem] = dns1123SubdomainProblems(name);
  if (problem !== undefined) throw new CliError(`"${name}" is no name of a Secret: ${problem}`);
  const upstream = readText(flags, "upstream");
  const skipProbe = flags["skip-probe"] === true;
  if (upstream === undefined && !skipProbe)
    throw new CliError("must know where to try the credential: --upstream UPSTREAM, or --skip-probe");
  const format = flags["output"] === "json" ? "json" : "yaml";
  return {
    name,
    namespace: readText(flags, "namespace"),
    upstream: upstream === undefined ? undefined : readUpstream(upstream),
    username: readText(flags, "username"),
    skipProbe,
    ...readHow(flags),
    ...readPlace(flags),
    ...readSealer(flags, format),
    format,
    // Last, since it may read standard input.
    source: readSource(flags),
  };
}

function readPlace(flags: FlagValues): { readonly to: string | undefined } {
  const to = readText(flags, "to");
  const dryRun = flags["dry-run"] === "client";
  if (to !== undefined && dryRun) throw new CliError("--to and --dry-run do not go together");
  if (to === undefined && !dryRun)
    throw new CliError("must know where the manifest goes: --to DIR, or --dry-run=client to print it");
  return { to };
}

function readSealer(flags: FlagValues, format: "yaml" | "json"): Pick<SecretCreateFlags, "sealer" | "certificate"> {
  const [kubeseal, sops] = [flags["seal"] === true, flags["sops"] === true];
  const certificate = readText(flags, "seal-cert");
  if (kubeseal && sops) throw new CliError("--seal and --sops do not go together");
  if ((kubeseal || sops) && format === "json") throw new CliError("--seal and --sops write YAML");
  if (certificate !== undefined && !kubeseal) throw new CliError("--seal-cert needs --seal");
  if (kubeseal && readText(flags, "namespace") === undefined)
    throw new CliError("--seal needs -n: a sealed Secret can be opened in its own namespace only");
  return { sealer: kubeseal ? "kubeseal" : sops ? "sops" : undefined, certificate };
}

function readSource(flags: FlagValues): SecretSource | undefined {
  const username = readText(flags, "username");
  const passwordStdin = flags["password-stdin"] === true;
  const key = readText(flags, "from-service-account-key");
  const config = readText(flags, "from-docker-config");
  const pullSecret = readText(flags, "from-pull-secret");
  const dockerLogin = flags["from-docker-login"] === true;
  const ways = [
    username !== undefined || passwordStdin,
    key !== undefined,
    config !== undefined,
    pullSecret !== undefined,
    dockerLogin,
  ];
  if (ways.filter((it) => it).length > 1) throw new CliError("the values can come from one place only");
  if (key !== undefined) return { kind: "service-account-key", file: key };
  if (config !== undefined) return { kind: "docker", source: { file: config } };
  if (pullSecret !== undefined) return { kind: "pull-secret", file: pullSecret };
  if (dockerLogin) return { kind: "docker", source: "default" };
  if (!passwordStdin) return undefined;
  if (username === undefined) throw new CliError("--password-stdin needs --username");
  return { kind: "given", credential: { username, password: readPasswordFlag() } };
}
