import { nodeCodes } from "../codes/nodes.ts";
import { type RegistryHosts, renderHostsToml } from "../hosts-toml.ts";
import { finding, shownLine } from "./finding.ts";
import type { RuntimeFinding, RuntimeView, SeenNode } from "./view.ts";

/** The hosts.toml files of nodes: such as are missing, lead elsewhere, or say something else. */
export function judgeNodes({ nodes }: RuntimeView): readonly RuntimeFinding[] {
  if (nodes === undefined) return [];
  return nodes.hosts.flatMap((hosts) => {
    const readable = nodes.seen.filter((it) => !it.unreadable.includes(hosts.upstream));
    const judged = readable.flatMap((it) => judgeNode(hosts, it));
    return Object.values(nodeCodes).flatMap((code) => {
      const evidence = judged.filter((it) => it.code === code).map((it) => it.evidence);
      return evidence.length === 0 ? [] : [finding(code, hosts.upstream, shorten(evidence))];
    });
  });
}

interface Judged {
  readonly code: (typeof nodeCodes)[keyof typeof nodeCodes];
  readonly evidence: string;
}

function judgeNode(hosts: RegistryHosts, { node, files }: SeenNode): readonly Judged[] {
  const text = files.get(hosts.upstream);
  const path = `${hosts.upstream}/hosts.toml`;
  if (text === undefined) return [{ code: nodeCodes.hostsTomlMissing, evidence: `node ${node} has no ${path}` }];
  const [seen, wanted] = [linesOf(text), linesOf(renderHostsToml(hosts))];
  const addresses = seen.flatMap((it) => hostOf(it) ?? []);
  const lost = hosts.hosts.filter((it) => !addresses.includes(it.url)).map((it) => it.url);
  if (lost.length > 0) {
    const found = addresses.length === 0 ? "no host" : addresses.map(shownLine).join(" and ");
    const evidence = `${path} of node ${node} has ${found}, the cache is at ${lost.join(" and ")}`;
    return [{ code: nodeCodes.hostsTomlAddress, evidence }];
  }
  const lacks = wanted.filter((it) => !seen.includes(it)).map((it) => `lacks ${it}`);
  const adds = seen.filter((it) => !wanted.includes(it)).map((it) => `has ${shownSetting(it)}`);
  const differs = [...lacks, ...adds];
  if (differs.length === 0) return [];
  return [{ code: nodeCodes.hostsTomlDiffers, evidence: `${path} of node ${node} ${differs.join(", ")}` }];
}

/** The lines that mean something, each in one spelling: comments, spaces and the kind of quotes are taste. */
function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((it) => it.trim())
    .filter((it) => it !== "" && !it.startsWith("#"))
    .map((it) => it.replaceAll("'", '"').replace(/\s*=\s*/, " = "))
    .map((it) => it.replaceAll(/\s*([[\],])\s*(?=(?:[^"]*"[^"]*")*[^"]*$)/g, "$1").replace(/=\[/, "= ["));
}

/** The address that a line begins the table of; undefined for any other. */
function hostOf(line: string): string | undefined {
  return /^\[host\."([^"]*)"\]$/.exec(line)?.[1]?.replace(/\/$/, "");
}

const harmless = ["server", "capabilities", "ca", "override_path", "skip_verify"];

/** A line of a node's file; what it sets may be a password, unless the key says that it is none. */
function shownSetting(line: string): string {
  const [, key = ""] = /^([\w-]+) = /.exec(line) ?? [];
  return shownLine(line.startsWith("[host.") || harmless.includes(key) ? line : `${key || "something"} = ...`);
}

const shown = 10;

function shorten(evidence: readonly string[]): readonly string[] {
  const others = evidence.length - shown;
  return others <= 0 ? evidence : [...evidence.slice(0, shown), `and on ${others} other nodes`];
}
