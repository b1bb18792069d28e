import type { NodesPlan, NodesRequest } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { FlagValues } from "./command-line.ts";
import { askYes } from "./host/ask-yes.ts";
import { stopOnInterrupt } from "./host/stop-keys.ts";
import { printable } from "./print/printable.ts";
import { plural } from "./print/summary.ts";
import type { Terminal } from "./print/terminal.ts";
import { readText } from "./shoot-flags.ts";

/** What `doctor` is to read on nodes; undefined where nothing asks for it, or nobody who may do so. */
export function readNodesRequest(flags: FlagValues, terminal: Terminal): NodesRequest | undefined {
  const [nodes, image] = [readText(flags["nodes"]), readText(flags["image"])];
  const admin = flags["admin"] === true;
  const wanted = flags["hosts-toml"] === true;
  if ((nodes !== undefined || image !== undefined) && !(admin && wanted))
    throw new CliError(
      `--${nodes === undefined ? "image" : "nodes"} needs --admin and --hosts-toml: a pod reads the files of a node`,
    );
  if (!admin || !wanted) return undefined;
  const yes = flags["yes"] === true;
  if (!yes && !terminal.canAsk())
    throw new CliError(
      "nothing was looked at, there is no terminal to ask on: --admin --hosts-toml starts a pod on a node, add --yes to do it",
    );
  return {
    nodes,
    image,
    confirm: async (plan) => {
      if (!yes && !(await ask(terminal, plan))) return undefined;
      return stopOnInterrupt(() => terminal.err("\nstopping, the pod is being deleted\n"));
    },
    progress: (node) => terminal.err(`reading hosts.toml on node ${printable(node)}\n`),
    pause: () => new Promise((resolve) => setTimeout(resolve, 500)),
    timeout: 60_000,
  };
}

async function ask(terminal: Terminal, { nodes, namespace, image }: NodesPlan): Promise<boolean> {
  const [first = ""] = nodes;
  const where = nodes.length === 1 ? `node ${first}` : `each of ${plural(nodes.length, "node")}`;
  terminal.err(
    `To read hosts.toml, a pod of image ${printable(image)} runs on ${printable(where)}, in namespace ${printable(namespace)}:\n` +
      "it sees /etc/containerd/certs.d and nothing else of the node, cannot write there, and is deleted at once.\n",
  );
  terminal.flush();
  return askYes("Do this?");
}
