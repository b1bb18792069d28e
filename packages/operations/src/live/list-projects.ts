import { type CallOptions, type GardenClient, type Keep, resources } from "@registry-cache/garden";
import { ownProjects, type ProjectPlace } from "./scope.ts";
import { textAt } from "./text-at.ts";
import { unlessForbidden } from "./unseen.ts";

/** The projects to choose from: all of the garden, or those that our own rules name where we may not list them. */
export async function listProjects(client: GardenClient, options: CallOptions = {}): Promise<readonly ProjectPlace[]> {
  const keep: Keep = { metadata: { name: true }, spec: { namespace: true } };
  const listed = await unlessForbidden(client.list({ resource: resources.projects, keep }, options));
  if (listed === "forbidden") return (await ownProjects(client, options)).projects;
  return listed.items.flatMap((it) => {
    const namespace = textAt(it, "spec", "namespace");
    return namespace === undefined ? [] : [{ project: it.metadata.name, namespace }];
  });
}
