import { expect, test } from "vitest";
import { renderHostsToml } from "../hosts-toml.ts";
import { cacheHosts } from "../node.ts";
import { judgeNodes } from "./nodes.ts";
import type { SeenNode } from "./view.ts";

const hosts = cacheHosts({ upstream: "quay.io", remoteUrl: "https://quay.io" }, "https://10.0.0.7:5000");
const ours = renderHostsToml(hosts);
/** As gardener-node-agent and people write it. */
const theirs = ours
  .replace("# Rendered by kubectl registry-cache.", "# managed by gardener-node-agent")
  .replace('["pull","resolve"]', "[ 'pull', 'resolve' ]")
  .replace('server = "', 'server="');

function seen(node: string, text: string | undefined, unreadable: readonly string[] = []): SeenNode {
  return { node, files: new Map(text === undefined ? [] : [["quay.io", text]]), unreadable };
}

function judge(...nodes: readonly SeenNode[]): readonly (readonly unknown[])[] {
  const nothing = { statefulSets: [], pods: [], claims: [], probes: [], certificates: [] };
  const view = { expected: undefined, services: [], ...nothing, nodes: { hosts: [hosts], seen: nodes }, now: 0 };
  return judgeNodes(view).map(({ code, subject, evidence }) => [code, subject, ...evidence]);
}

const hidden = `${ours.trimEnd()}\n  [host."https://10.0.0.7:5000".header]\n    authorization = "Basic planted"\n`;
const many = Array.from({ length: 12 }, (_, index) => seen(`n${index}`, undefined));

test.each<{ name: string; nodes: readonly SeenNode[]; found: readonly (readonly unknown[])[] }>([
  { name: "nothing in what we render", nodes: [seen("a", ours)], found: [] },
  { name: "nothing in another spelling of the same", nodes: [seen("a", theirs)], found: [] },
  { name: "nothing in what only root may read", nodes: [seen("a", undefined, ["quay.io"])], found: [] },
  {
    name: "a file that is missing",
    nodes: [seen("a", ours), seen("b", undefined)],
    found: [["RC517", "quay.io", "node b has no quay.io/hosts.toml"]],
  },
  {
    name: "an address that the Service does not have",
    nodes: [seen("a", ours.replaceAll("10.0.0.7", "robot:planted@10.0.0.9"))],
    found: [
      [
        "RC518",
        "quay.io",
        "quay.io/hosts.toml of node a has https://10.0.0.9:5000, the cache is at https://10.0.0.7:5000",
      ],
    ],
  },
  {
    name: "a file without a host",
    nodes: [seen("a", 'server = "https://quay.io"\n')],
    found: [["RC518", "quay.io", "quay.io/hosts.toml of node a has no host, the cache is at https://10.0.0.7:5000"]],
  },
  {
    name: "a setting that is lacking, and another one",
    nodes: [seen("a", ours.replace(/ {2}ca = .*/, "  skip_verify = true"))],
    found: [
      [
        "RC519",
        "quay.io",
        'quay.io/hosts.toml of node a lacks ca = ["/etc/containerd/certs.d/ca-bundle.pem"], has skip_verify = true',
      ],
    ],
  },
  {
    name: "a setting whose value is nobody's business",
    nodes: [seen("a", hidden)],
    found: [
      [
        "RC519",
        "quay.io",
        'quay.io/hosts.toml of node a has [host."https://10.0.0.7:5000".header], has authorization = <redacted>',
      ],
    ],
  },
  {
    name: "the first ten nodes of many",
    nodes: many,
    found: [
      [
        "RC517",
        "quay.io",
        ...many.slice(0, 10).map((it) => `node ${it.node} has no quay.io/hosts.toml`),
        "and on 2 other nodes",
      ],
    ],
  },
])("finds $name", ({ nodes, found }) => {
  expect(judge(...nodes)).toEqual(found);
});
