import type { ResourceDefinition } from "./resource.ts";

/** The document of discovery at a path; undefined where there is none. */
export function discover(path: string, resources: readonly ResourceDefinition[]): object | undefined {
  const groups = [...new Set(resources.map((it) => it.group))];
  const [, root, ...rest] = path.replace(/\/$/, "").split("/");
  if (root === "api" && rest.length === 0)
    return groups.includes("") ? { kind: "APIVersions", versions: ["v1"] } : undefined;
  if (root === "apis" && rest.length === 0) {
    const named = groups.filter((it) => it !== "").map((it) => groupOf(it, resources));
    return { kind: "APIGroupList", apiVersion: "v1", groups: named };
  }
  const [group = "", version] = root === "api" ? ["", ...rest] : rest;
  if (root === "apis" && version === undefined) return groups.includes(group) ? groupOf(group, resources) : undefined;
  if (rest.length > (root === "api" ? 1 : 2) || (root !== "api" && root !== "apis")) return undefined;
  const served = resources.filter((it) => it.group === group && it.version === version);
  if (served.length === 0) return undefined;
  const groupVersion = group === "" ? version : `${group}/${version}`;
  return { kind: "APIResourceList", apiVersion: "v1", groupVersion, resources: served.flatMap(resourcesOf) };
}

function groupOf(name: string, resources: readonly ResourceDefinition[]): object {
  const versions = [...new Set(resources.filter((it) => it.group === name).map((it) => it.version))].map((version) => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  return { kind: "APIGroup", apiVersion: "v1", name, versions, preferredVersion: versions[0] };
}

function resourcesOf({
  plural,
  singular,
  kind,
  shortNames,
  namespaced,
  hasStatus,
  actions,
}: ResourceDefinition): readonly object[] {
  const common = { singularName: singular, namespaced, kind };
  const verbs = ["create", "delete", "get", "list", "patch", "update", "watch"];
  return [
    { name: plural, ...common, verbs, shortNames },
    ...(hasStatus
      ? [{ name: `${plural}/status`, ...common, singularName: "", verbs: ["get", "patch", "update"] }]
      : []),
    ...Object.keys(actions ?? {}).map((it) => ({
      name: `${plural}/${it}`,
      ...common,
      singularName: "",
      verbs: ["create"],
    })),
  ];
}
