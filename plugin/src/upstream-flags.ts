import type { CommandSpec, FlagSpec } from "./flag-table.ts";
import { connectionFlags, scopeFlags } from "./live-flags.ts";
import { credentialFlags, howFlags, sourceFlags, whereFlags, whichCaches } from "./registry-flags.ts";

interface SharedFlags {
  readonly output: FlagSpec;
  readonly color: FlagSpec;
}

/** The commands that ask registries and those on Secrets, as the table has them. */
export function upstreamSpecs(shared: SharedFlags): readonly CommandSpec[] {
  const { output } = shared;
  return [probe(shared), secret, secretCreate(output), inspect(shared), expiring(shared)];
}

function probe({ output, color }: SharedFlags): CommandSpec {
  return {
    name: "probe",
    summary: "Test whether a cache will be able to pull with its credential.",
    description: [
      [
        "Asks the upstream as a correct client does, and foretells what the cache (Distribution 3.1.1) will do with this",
        "credential: other clients may log in where the cache does not. It measures from this machine, not from the Shoot.",
        "A credential is tried once. With --shoot the garden has the caches and their Secrets, whose values are read for this",
        "alone; with -f, the files have them.",
      ].join(" "),
      "Exit codes: 0 the cache will be able to pull, 1 it will not, 2 wrong usage, 3 the upstream cannot be reached, or the garden refuses.",
    ].join("\n\n"),
    examples: [
      "probe --shoot crazy-botany -n garden-dev --repository team/app:v1 --cache quay.io",
      "probe --shoot crazy-botany -n garden-dev --cache quay.io --secret ro-quay-v2",
      "probe -f shoot.yaml -f secrets --cache quay.io --repository team/app:v1",
      "probe quay.io --username robot --password-stdin --repository team/app < password",
      "probe http://registry.example.com:5000 --docker-login -o json",
    ],
    argument: { name: "upstream", summary: "Upstream such as quay.io, or the URL of a registry." },
    flags: [...whichCaches, ...credentialFlags, ...howFlags, output, color, ...connectionFlags],
  };
}

const secret: CommandSpec = {
  name: "secret",
  summary: "Make Secrets for caches.",
  examples: ["secret create ro-quay-v1 --upstream quay.io --to garden/secrets"],
  flags: [],
};

function inspect({ output, color }: SharedFlags): CommandSpec {
  return {
    name: "inspect",
    summary: "Tell what a Secret is and who uses it, never its values.",
    description: [
      "Without -f the Secret of the garden is read, with its values: they tell its kind and health, and are not shown.",
      "Exit codes: 0 it is well, 1 it has ended or has an error, 2 wrong usage or unreadable input, 3 the garden refuses.",
    ].join("\n\n"),
    examples: ["inspect ro-quay-v1 -n garden-dev", "inspect ro-quay-v1 -f garden -o json"],
    argument: { name: "secret", summary: "Name of the Secret.", completes: "secrets" },
    flags: [...whereFlags, output, color, ...connectionFlags],
  };
}

function expiring({ output, color }: SharedFlags): CommandSpec {
  return {
    name: "expiring",
    summary: "List the Secrets of caches by when their credentials end.",
    description: [
      [
        "An end is known from a token that tells it, from the annotation registry-cache-tools/expires-at, and from the",
        "kind where that never lasts. Without -f the garden is asked: for Shoots, for the metadata of Secrets, and for the",
        "values of those that caches use or that have the annotation, since only they tell the kind; --metadata-only leaves",
        "them alone.",
      ].join(" "),
      "Exit codes: 0 nothing ends soon, 1 something does, 2 wrong usage or unreadable input, 3 the garden refuses, if only some Secrets.",
    ].join("\n\n"),
    examples: [
      "expiring -n garden-dev --within 30d",
      "expiring -A --max-age 180d -o json",
      "expiring -R -f garden --within 30d -o ics > credentials.ics",
    ],
    flags: [
      ...whereFlags.filter((it) => it.name !== "namespace"),
      { name: "within", type: "text", placeholder: "DURATION", summary: "What counts as soon. Default: 14d." },
      {
        name: "max-age",
        type: "text",
        placeholder: "DURATION",
        summary: "List what the cluster made longer ago as well.",
      },
      { name: "metadata-only", type: "boolean", summary: "Do not read values of Secrets of the garden." },
      { ...output, values: ["text", "json", "ics"] },
      color,
      ...scopeFlags,
      ...connectionFlags,
    ],
  };
}

function secretCreate(output: FlagSpec): CommandSpec {
  return {
    name: "secret create",
    summary: "Make a Secret for a cache, tried first.",
    description: [
      [
        "Makes an immutable Secret with exactly username and password: in the garden, or with --to or --dry-run=client as a",
        "manifest. The values come from --username and --password-stdin, from a file or a login of Docker, or are asked for on",
        "a terminal. They are checked by the rules of lint and tried at the upstream before anything is written. In the garden",
        "that is, unless --upstream or --shoot says so, where the Shoots of the namespace use an earlier version of it.",
        "A Secret that is there is left alone.",
      ].join(" "),
      "Exit codes: 0 written, 1 the credential would not work, 2 wrong usage, 3 the upstream cannot be reached, or the garden refuses.",
    ].join("\n\n"),
    examples: [
      "secret create ro-quay-v1 -n garden-dev --shoot crazy-botany --cache quay.io",
      "secret create ro-quay-v2 -n garden-dev --expires 90d --label team=garden",
      "secret create ro-gar-v1 --upstream europe-docker.pkg.dev --from-service-account-key key.json --to secrets --sops",
      "secret create ro-quay-v1 --upstream quay.io --from-docker-login --dry-run=client -o yaml > ro-quay-v1.yaml",
    ],
    argument: { name: "name", summary: "Name of the new Secret, best with a version at its end, such as ro-quay-v1." },
    flags: [
      ...secretFlags,
      { ...output, values: ["yaml", "json", "name"], summary: "What to print." },
      ...connectionFlags,
    ],
  };
}

const secretFlags: readonly FlagSpec[] = [
  { name: "namespace", char: "n", type: "text", placeholder: "NAMESPACE", summary: "Namespace of the project." },
  { name: "upstream", type: "text", placeholder: "UPSTREAM", summary: "Upstream or URL of the registry it is for." },
  { name: "shoot", type: "text", placeholder: "NAME", summary: "Try it at the upstreams of this Shoot of the garden." },
  { name: "cache", type: "text", placeholder: "UPSTREAM", summary: "With --shoot, the cache that it is for." },
  { name: "username", type: "text", placeholder: "NAME", summary: "Username of the credential." },
  { name: "password-stdin", type: "boolean", summary: "Read its password from standard input." },
  ...sourceFlags,
  { name: "skip-probe", type: "boolean", summary: "Do not try the credential at the upstream." },
  ...howFlags,
  {
    name: "label",
    type: "text",
    repeatable: true,
    placeholder: "KEY=VALUE",
    summary: "Label of the Secret. May be repeated.",
  },
  {
    name: "expires",
    type: "text",
    placeholder: "DAY|DURATION",
    summary: "When the credential ends, as its annotation says: 2030-01-31 or 90d.",
  },
  {
    name: "to",
    type: "text",
    placeholder: "DIR",
    completesFiles: true,
    summary: "Write NAME.yaml there, for your eyes only.",
  },
  {
    name: "dry-run",
    type: "text",
    values: ["client", "server"],
    summary: "Make nothing: print the manifest, or let the server judge the Secret.",
  },
  { name: "seal", type: "boolean", summary: "Seal the manifest by kubeseal." },
  {
    name: "seal-cert",
    type: "text",
    placeholder: "FILE|URL",
    completesFiles: true,
    summary: "Certificate of the controller to seal for. By default kubeseal asks it.",
  },
  { name: "sops", type: "boolean", summary: "Encrypt the manifest by sops." },
];
