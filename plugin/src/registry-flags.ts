import type { FlagSpec } from "./flag-table.ts";

/** Where the values of a new Secret come from. */
export const sourceFlags: readonly FlagSpec[] = (
  [
    [
      "from-file",
      "Take the login from this file, recognised by its content; with --username it holds just the password; - is standard input.",
    ],
    ["from-service-account-key", "Take the key of a Google service account; - is standard input."],
    ["from-docker-config", "Take the login from this configuration of Docker or podman."],
    ["from-pull-secret", "Take the login from this manifest of a pull secret; - is standard input."],
  ] as const
)
  .map(([name, summary]): FlagSpec => ({ name, type: "text", placeholder: "FILE", completesFiles: true, summary }))
  .concat(
    {
      name: "from-docker-login",
      type: "boolean",
      summary: "Take the login that Docker or podman has, by helpers too.",
    },
    {
      name: "from-credential-helper",
      type: "text",
      placeholder: "NAME",
      summary: "Take the login that the program docker-credential-NAME keeps.",
    },
  );

/** Which files, and which Secret in them. */
export const whereFlags: readonly FlagSpec[] = [
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

/** Which caches of which Shoots. */
export const whichCaches: readonly FlagSpec[] = [
  { name: "shoot", type: "text", placeholder: "NAME", summary: "Probe the caches of this Shoot of the garden." },
  { name: "namespace", char: "n", type: "text", placeholder: "NAMESPACE", summary: "Namespace of the project." },
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
  {
    name: "secret",
    type: "text",
    placeholder: "NAME",
    summary: "Take the credential from this Secret: of the files, or without -f of the garden.",
  },
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
