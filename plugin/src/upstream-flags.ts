import type { CommandSpec, FlagSpec } from "./flag-table.ts";

interface SharedFlags {
  readonly output: FlagSpec;
  readonly color: FlagSpec;
}

/** The commands that ask registries, as the table has them. */
export function upstreamSpecs({ output, color }: SharedFlags): readonly CommandSpec[] {
  return [
    {
      name: "probe",
      summary: "Test whether a cache will be able to pull with its credential.",
      description: [
        [
          "Asks the upstream as a correct client does, and foretells what the cache (Distribution 3.1.1) will do with this",
          "credential: other clients may log in where the cache does not. It measures from this machine, not from the Shoot.",
          "A credential is tried once.",
        ].join(" "),
        "Exit codes: 0 the cache will be able to pull, 1 it will not, 2 wrong usage, 3 the upstream cannot be reached.",
      ].join("\n\n"),
      examples: [
        "probe -f shoot.yaml -f secrets --cache quay.io --repository team/app:v1",
        "probe quay.io --username robot --password-stdin --repository team/app < password",
        "probe http://registry.example.com:5000 --docker-login -o json",
      ],
      argument: { name: "upstream", summary: "Upstream such as quay.io, or the URL of a registry." },
      flags: [...whichCaches, ...credentialFlags, ...howFlags, output, color],
    },
    secretCreate(output),
    {
      name: "inspect",
      summary: "Tell what a Secret is, who uses it and how long it lasts, never its values.",
      examples: ["inspect ro-quay-v1 -f garden", "inspect ro-quay-v1 -f garden -o json"],
      argument: { name: "secret", summary: "Name of the Secret.", completes: "secrets" },
      flags: [...whereFlags, output, color],
    },
    {
      name: "expiring",
      summary: "List the Secrets of caches by when their credentials end.",
      description: [
        "An end is known from a token that tells it, from the annotation registry-cache-tools/expires-at, and from the",
        "kind where that never lasts. Exit codes: 0 nothing ends soon, 1 something does, 2 wrong usage or unreadable input.",
      ].join(" "),
      examples: ["expiring -R -f garden", "expiring -R -f garden --within 30d -o ics > credentials.ics"],
      flags: [
        ...whereFlags.filter((it) => it.name !== "namespace"),
        { name: "within", type: "text", placeholder: "DURATION", summary: "What counts as soon. Default: 14d." },
        {
          name: "max-age",
          type: "text",
          placeholder: "DURATION",
          summary: "List what the cluster made longer ago as well.",
        },
        { ...output, values: ["text", "json", "ics"] },
        color,
      ],
    },
  ];
}

function secretCreate(output: FlagSpec): CommandSpec {
  return {
    name: "secret create",
    summary: "Make the manifest of a Secret for a cache, tried first.",
    description: [
      [
        "Writes an immutable Secret with exactly username and password. The values come from --username and",
        "--password-stdin, from a file or a login of Docker, or are asked for on a terminal. They are checked by the rules of",
        "lint and tried at the upstream before anything is written.",
      ].join(" "),
      "Exit codes: 0 written, 1 the credential would not work, 2 wrong usage, 3 the upstream cannot be reached.",
    ].join("\n\n"),
    examples: [
      "secret create ro-quay-v1 --upstream quay.io --to garden/secrets",
      "secret create ro-gar-v1 --upstream europe-docker.pkg.dev --from-service-account-key key.json --to secrets --sops",
      "secret create ro-quay-v1 --upstream quay.io --from-docker-login --dry-run=client -o yaml | kubectl create -f -",
    ],
    argument: { name: "name", summary: "Name of the new Secret, best with a version at its end, such as ro-quay-v1." },
    flags: [
      { name: "namespace", char: "n", type: "text", placeholder: "NAMESPACE", summary: "Namespace of the project." },
      {
        name: "upstream",
        type: "text",
        placeholder: "UPSTREAM",
        summary: "Upstream or URL of the registry it is for.",
      },
      { name: "username", type: "text", placeholder: "NAME", summary: "Username of the credential." },
      { name: "password-stdin", type: "boolean", summary: "Read its password from standard input." },
      ...sourceFlags,
      { name: "skip-probe", type: "boolean", summary: "Do not try the credential at the upstream." },
      ...howFlags,
      {
        name: "to",
        type: "text",
        placeholder: "DIR",
        completesFiles: true,
        summary: "Write NAME.yaml there, for your eyes only.",
      },
      { name: "dry-run", type: "text", values: ["client"], summary: "Print the manifest and write nothing." },
      { name: "seal", type: "boolean", summary: "Seal it by kubeseal." },
      { name: "sops", type: "boolean", summary: "Encrypt it by sops." },
      { ...output, values: ["yaml", "json"], summary: "Format of the manifest." },
    ],
  };
}

const sourceFlags: readonly FlagSpec[] = (
  [
    ["from-service-account-key", "Take the key of a Google service account."],
    ["from-docker-config", "Take the login from this configuration of Docker or podman."],
    ["from-pull-secret", "Take the login from this manifest of a pull secret."],
  ] as const
)
  .map(([name, summary]): FlagSpec => ({ name, type: "text", placeholder: "FILE", completesFiles: true, summary }))
  .concat({
    name: "from-docker-login",
    type: "boolean",
    summary: "Take the login that Docker or podman has, by helpers too.",
  });

const whereFlags: readonly FlagSpec[] = [
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
  { name: "namespace", char: "n", type: "text", placeholder: "NAMESPACE", summary: "Namespace of the Secret." },
];

const whichCaches: readonly FlagSpec[] = [
  {
    name: "filename",
    char: "f",
    type: "text",
    repeatable: true,
    placeholder: "FILE|DIR|-",
    completesFiles: true,
    summary: "Probe the caches of the Shoots that are there, with the Secrets that are there.",
  },
  { name: "recursive", char: "R", type: "boolean", summary: "Read the folders in a directory too." },
  { name: "cache", type: "text", placeholder: "UPSTREAM", summary: "Probe only the cache for this upstream." },
];

/** Where a credential comes from. */
export const credentialFlags: readonly FlagSpec[] = [
  { name: "username", type: "text", placeholder: "NAME", summary: "Username of the credential." },
  { name: "password-stdin", type: "boolean", summary: "Read its password from standard input." },
  {
    name: "docker-config",
    type: "text",
    placeholder: "FILE",
    completesFiles: true,
    summary: "Take the login from this configuration of Docker or podman.",
  },
  { name: "docker-login", type: "boolean", summary: "Take the login that Docker or podman has on this machine." },
];

/** How registries are asked. */
export const howFlags: readonly FlagSpec[] = [
  {
    name: "repository",
    type: "text",
    placeholder: "NAME[:TAG]",
    summary: "Image, without the registry, to prove that it can be pulled.",
  },
  {
    name: "ca-file",
    type: "text",
    placeholder: "FILE",
    completesFiles: true,
    summary: "Trust these authorities as well. The cache will not.",
  },
  { name: "proxy", type: "text", placeholder: "URL", summary: "Use this proxy in place of the cache's own." },
  {
    name: "timeout",
    type: "text",
    placeholder: "DURATION",
    summary: "How long one request may take, such as 30s. Default: 15s.",
  },
];
