import { clusterFlags } from "./cluster-flags.ts";
import { deploySpecs } from "./deploy-flags.ts";
import { doctorSpec, topSpec } from "./doctor-flags.ts";
import type { CommandSpec, FlagSpec } from "./flag-table.ts";

interface SharedFlags {
  readonly output: FlagSpec;
  readonly color: FlagSpec;
}

/** The commands about the runtime of a Shoot's caches, as the table has them. */
export function runtimeSpecs(shared: SharedFlags): readonly CommandSpec[] {
  const rendering = renderFlags.filter((it) =>
    ["secret", "image", "service-monitor", "ca-cert", "ca-key"].includes(it.name),
  );
  return [
    render(shared),
    diff(shared),
    trace(shared),
    doctorSpec(shared.output),
    topSpec(shared.output),
    ...deploySpecs(shootFlags, rendering, shared.output),
  ];
}

const shootFlags: readonly FlagSpec[] = [
  {
    name: "filename",
    char: "f",
    type: "text",
    repeatable: true,
    placeholder: "FILE|DIR|-",
    completesFiles: true,
    summary: "File, directory or - with the Shoot and its Secrets. May be repeated.",
  },
  { name: "recursive", char: "R", type: "boolean", summary: "Read the folders in a directory too." },
  { name: "shoot", type: "text", placeholder: "NAME", summary: "Name of the Shoot, where there are several." },
  { name: "namespace", char: "n", type: "text", placeholder: "NAMESPACE", summary: "Namespace of the Shoot." },
];

const endpoint: FlagSpec = {
  name: "endpoint",
  type: "text",
  repeatable: true,
  placeholder: "UPSTREAM=URL",
  summary: "Address of a cache, for example docker.io=https://10.4.0.10:5000. May be repeated.",
};

const renderFlags: readonly FlagSpec[] = [
  {
    name: "secret",
    type: "text",
    repeatable: true,
    placeholder: "FILE",
    completesFiles: true,
    summary: "File with a Secret that the Shoot names. May be repeated.",
  },
  {
    name: "profile",
    type: "text",
    values: ["gardener", "cluster"],
    summary: "What to render for; gardener by default.",
  },
  { name: "with-credentials", type: "boolean", summary: "Show logins and keys." },
  { name: "image", type: "text", placeholder: "IMAGE", summary: "Image of the registry." },
  {
    name: "seed-namespace",
    type: "text",
    placeholder: "NAMESPACE",
    summary: "Render the monitoring objects for this namespace of the seed, too.",
  },
  {
    name: "cluster-namespace",
    type: "text",
    placeholder: "NAMESPACE",
    summary: "Namespace of the caches with --profile cluster; registry-cache by default.",
  },
  {
    name: "service-monitor",
    type: "boolean",
    summary: "With --profile cluster: let Prometheus' operator read the metrics.",
  },
  {
    name: "ca-cert",
    type: "text",
    placeholder: "FILE",
    completesFiles: true,
    summary: "CA that signs the caches' certificates, as PEM. By default one is made.",
  },
  { name: "ca-key", type: "text", placeholder: "FILE", completesFiles: true, summary: "Key of that CA, as PEM." },
  {
    name: "reproducible",
    type: "boolean",
    summary: "Write placeholders for certificates and keys, so that equal input gives equal output.",
  },
  {
    name: "ready-made",
    type: "text",
    values: ["public", "private"],
    summary: "Print the ready-made manifests of this name instead.",
  },
];

const liveFlags: readonly FlagSpec[] = [
  { name: "live", type: "boolean", summary: "Take the Shoot named by --shoot as its garden has it." },
  ...clusterFlags,
];

function render({ output }: SharedFlags): CommandSpec {
  return {
    name: "render",
    summary: "Render the runtime of a Shoot's caches as manifests.",
    description: [
      "Prints what the extension would create in the Shoot, field for field, or with --profile cluster the same caches for",
      "a cluster that has no Gardener. Logins and keys are left out unless --with-credentials asks for them.",
    ].join(" "),
    examples: [
      "render -f shoot.yaml",
      "render -f garden -R --shoot my-shoot -o dir=rendered",
      "render -f shoot.yaml --profile cluster --with-credentials | kubectl apply -f -",
      "render --ready-made private -o dir=caches",
    ],
    flags: [
      ...shootFlags,
      ...liveFlags,
      ...renderFlags,
      endpoint,
      {
        ...output,
        values: undefined,
        placeholder: "yaml|json|hosts.toml|dir=PATH",
        summary: "Output format; yaml by default.",
      },
    ],
  };
}

function diff({ output }: SharedFlags): CommandSpec {
  return {
    name: "diff",
    summary: "Show what a change of the Shoot does to its caches.",
    description:
      "Which caches restart, which lose what they hold, which nodes are told anew. Exit codes: 0 no change, 1 some, 2 wrong usage.",
    examples: [
      "diff -f shoot.yaml --against git:HEAD",
      "diff -f shoot.yaml --live",
      "diff -f new.yaml --against old.yaml -o json",
    ],
    flags: [
      ...shootFlags,
      {
        name: "against",
        type: "text",
        placeholder: "FILE|DIR|git:REV",
        completesFiles: true,
        summary: "The Shoot before the change.",
      },
      ...liveFlags.map((it) =>
        it.name === "live" ? { ...it, summary: "Compare with the Shoot as its garden has it." } : it,
      ),
      output,
    ],
  };
}

function trace({ output }: SharedFlags): CommandSpec {
  return {
    name: "trace",
    summary: "Show how a node of the Shoot pulls an image.",
    examples: ["trace nginx:1.27 -f shoot.yaml", "trace quay.io/team/app:v1 -f garden -R --shoot my-shoot -o json"],
    argument: { name: "image", summary: "Image as a pod names it." },
    flags: [...shootFlags, endpoint, output],
  };
}
