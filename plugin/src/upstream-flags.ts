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
  ];
}

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
