import { type TreeFile, type TreeWritten, writeTree } from "@registry-cache/files";
import {
  hostsTomlPath,
  type KubernetesObject,
  printYaml,
  readyMade,
  readyMadeNames,
  renderHostsToml,
} from "@registry-cache/runtime";
import type { RenderedShoot } from "./render-shoot.ts";

/** Writes what was rendered as files below a folder: an object each, and what nodes get below `certs.d`. */
export function writeRendered(folder: string, rendered: RenderedShoot): TreeWritten {
  return writeTree(folder, renderedFiles(rendered));
}

/** Writes the ready-made manifests of a name below a folder. */
export function writeManifests(folder: string, name: string): TreeWritten {
  const known = readyMadeNames.find((it) => it === name);
  return writeTree(folder, known === undefined ? [] : readyMade(known));
}

/** What was rendered as one text. */
export function printManifests({ objects, hosts }: RenderedShoot, format: "yaml" | "json" | "hosts.toml"): string {
  switch (format) {
    case "yaml":
      return printYaml(objects);
    case "json":
      return `${JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }, undefined, 2)}\n`;
    case "hosts.toml":
      return hosts.map((it) => `# ${hostsTomlPath(it.upstream)}\n${renderHostsToml(it)}`).join("\n");
  }
}

/** The files of what was rendered. Their names stay when a hash in a name changes, so a later run replaces them. */
function renderedFiles({ objects, hosts }: RenderedShoot): readonly TreeFile[] {
  const manifests = objects.map((it) => ({ path: `${nameOf(it)}.yaml`, text: printYaml([it]) }));
  const nodes = hosts.map((it) => ({
    path: hostsTomlPath(it.upstream).replace("/etc/containerd/", "").replaceAll(":", "_"),
    text: renderHostsToml(it),
  }));
  return [...manifests, ...nodes];
}

function nameOf({ kind, metadata: { namespace, name } }: KubernetesObject): string {
  const plain = name.replace(/-[0-9a-f]{8}$/, "").replaceAll(/[^\w.-]/g, "-");
  const kebab = kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
  return [...(namespace === undefined ? [] : [namespace]), `${plain}.${kebab}`].join("/");
}
