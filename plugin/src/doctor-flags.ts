import { clusterFlags } from "./cluster-flags.ts";
import type { CommandSpec, FlagSpec } from "./flag-table.ts";

/** `doctor`, as the table of commands has it. */
export function doctorSpec(output: FlagSpec): CommandSpec {
  return {
    name: "doctor",
    summary: "Say what is wrong with running caches, and what to do.",
    description: [
      "With SHOOT the kubeconfig leads to the garden, which lends one for the Shoot; without it, to the cluster of the caches.",
      "It looks from outside and changes nothing; --admin asks the caches themselves. With --admin --hosts-toml a short-lived",
      "pod reads the files of a node, after asking. Exit codes: 0 nothing is wrong, 1 something is, 2 wrong usage, 3 no answer.",
    ].join(" "),
    examples: [
      "doctor my-shoot -n garden-dev",
      "doctor my-shoot -n garden-dev --admin",
      "doctor my-shoot -n garden-dev --admin --hosts-toml --nodes all",
      "doctor --kubeconfig shoot.kubeconfig -f shoot.yaml -o json",
    ],
    argument: { name: "shoot", summary: "Name of the Shoot in its garden." },
    flags: [
      ...clusterFlags,
      { name: "namespace", char: "n", type: "text", placeholder: "NAMESPACE", summary: "Namespace of the Shoot." },
      {
        name: "filename",
        char: "f",
        type: "text",
        repeatable: true,
        placeholder: "FILE|DIR|-",
        completesFiles: true,
        summary: "File, directory or - with the Shoot and its Secrets, where no garden is asked. May be repeated.",
      },
      { name: "admin", type: "boolean", summary: "Look inside, with the rights of an administrator." },
      {
        name: "cluster-namespace",
        type: "text",
        placeholder: "NAMESPACE",
        summary: "Namespace of the caches in their cluster; kube-system by default.",
      },
      {
        name: "repository",
        type: "text",
        repeatable: true,
        placeholder: "UPSTREAM=NAME",
        summary: "A repository that the login of a cache may pull, to ask for with --admin. May be repeated.",
      },
      ...nodeFlags,
      output,
    ],
  };
}

/** `top`, as the table of commands has it. */
export function topSpec(output: FlagSpec): CommandSpec {
  return {
    name: "top",
    summary: "Show requests, hits and bytes saved of running caches.",
    description:
      "With SHOOT the kubeconfig leads to the garden, and the rights of an administrator are asked for; without it, to the cluster of the caches. All numbers count from the last start of a cache.",
    examples: [
      "top my-shoot -n garden-dev",
      "top my-shoot -n garden-dev -w",
      "top --kubeconfig shoot.kubeconfig -o json",
    ],
    argument: { name: "shoot", summary: "Name of the Shoot in its garden." },
    flags: [
      ...clusterFlags,
      { name: "namespace", char: "n", type: "text", placeholder: "NAMESPACE", summary: "Namespace of the Shoot." },
      {
        name: "cluster-namespace",
        type: "text",
        placeholder: "NAMESPACE",
        summary: "Namespace of the caches in their cluster; kube-system by default.",
      },
      { name: "watch", char: "w", type: "boolean", summary: "Measure again every two seconds." },
      output,
    ],
  };
}

/** What is read on nodes. */
const nodeFlags: readonly FlagSpec[] = [
  {
    name: "hosts-toml",
    type: "boolean",
    summary: "Also print what nodes should have in hosts.toml, and with --admin compare it to what a node has.",
  },
  {
    name: "nodes",
    type: "text",
    placeholder: "NAME|all",
    summary: "The node whose hosts.toml is read, or all; by default the first that is ready.",
  },
  {
    name: "image",
    type: "text",
    placeholder: "IMAGE",
    summary: "Image of the pod that reads a node, any with a shell; by default the one of the caches.",
  },
  { name: "yes", char: "y", type: "boolean", summary: "Do not ask before a pod is started on a node." },
];
