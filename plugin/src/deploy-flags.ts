import { clusterFlags } from "./cluster-flags.ts";
import type { CommandSpec, FlagSpec } from "./flag-table.ts";

const namespaceFlag: FlagSpec = {
  name: "cluster-namespace",
  type: "text",
  placeholder: "NAMESPACE",
  summary: "Namespace of the caches; registry-cache by default.",
};

const consent: readonly FlagSpec[] = [
  { name: "dry-run", type: "boolean", summary: "Only show what would be done." },
  { name: "yes", char: "y", type: "boolean", summary: "Do it without asking." },
];

/** `deploy` and `undeploy`, as the table of commands has them; the flags of a Shoot and of rendering are those of `render`. */
export function deploySpecs(
  shoot: readonly FlagSpec[],
  rendering: readonly FlagSpec[],
  output: FlagSpec,
): readonly CommandSpec[] {
  return [
    {
      name: "deploy",
      summary: "Run the caches of a Shoot in a cluster without Gardener.",
      description: [
        "Applies what render --profile cluster prints, waits until it is ready, then deletes what an earlier deploy left.",
        "What somebody else made is never touched. Exit codes: 0 ready, 1 not ready or not wanted, 2 wrong usage, 3 the cluster refuses.",
      ].join(" "),
      examples: [
        "deploy -f shoot.yaml --secret secret.yaml --dry-run",
        "deploy -f manifests -R --shoot my-shoot --yes",
        "deploy -f shoot.yaml --dry-run -o json",
      ],
      flags: [
        ...shoot,
        ...rendering,
        ...clusterFlags,
        namespaceFlag,
        ...consent,
        { name: "timeout", type: "count", placeholder: "SECONDS", summary: "How long to wait; 300 by default." },
        output,
      ],
    },
    {
      name: "undeploy",
      summary: "Take away what deploy made, with all that the caches hold.",
      examples: ["undeploy --dry-run", "undeploy --context my-cluster --yes"],
      flags: [...clusterFlags, namespaceFlag, ...consent, output],
    },
  ];
}
