import type { FlagValues } from "./command-line.ts";
import type { FlagSpec } from "./flag-table.ts";
import { readText } from "./shoot-flags.ts";

/** The flags that say which cluster is asked, as kubectl calls them. */
export const clusterFlags: readonly FlagSpec[] = [
  {
    name: "kubeconfig",
    type: "text",
    placeholder: "FILE",
    completesFiles: true,
    summary: "Kubeconfig to use; by default what kubectl would.",
  },
  { name: "context", type: "text", placeholder: "NAME", summary: "Context of the kubeconfig." },
];

/** Reads them. */
export function readClusterFlags(flags: FlagValues): {
  readonly [name in "kubeconfig" | "context" | "namespace"]?: string;
} {
  const [kubeconfig, context, namespace] = ["kubeconfig", "context", "namespace"].map((it) => readText(flags[it]));
  return { ...(kubeconfig && { kubeconfig }), ...(context && { context }), ...(namespace && { namespace }) };
}
