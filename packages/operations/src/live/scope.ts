import { type CallOptions, type GardenClient, GardenError, resources } from "@registry-cache/garden";
import { textAt } from "./text-at.ts";
import { placeWords, type Unseen, unlessForbidden, unlessMissing } from "./unseen.ts";

/** Where to look. */
export interface ScopeRequest {
  /** Every project that one may see. */
  readonly all: boolean;
  /** Projects by name. */
  readonly projects: readonly string[];
}

/** The namespaces to look into; one that is undefined stands for the whole garden at once. */
export interface Scope {
  readonly namespaces: readonly (string | undefined)[];
  readonly unseen: readonly Unseen[];
}

/** Finds the namespaces: of the projects, of all that one may see, or the one of the client. */
export async function resolveScope(client: GardenClient, { all, projects }: ScopeRequest): Promise<Scope> {
  if (projects.length > 0) return { namespaces: await inTurn(projects, (it) => namespaceOf(client, it)), unseen: [] };
  if (!all) return { namespaces: [client.namespace], unseen: [] };
  const whole = await unlessForbidden(firstPage(client));
  return whole === "forbidden" ? ownScope(client) : { namespaces: [undefined], unseen: [] };
}

async function firstPage(client: GardenClient): Promise<void> {
  const query = { resource: resources.shoots, metadataOnly: true, pageSize: 1, keep: {} };
  for await (const _ of client.pages(query)) return;
}

async function ownScope(client: GardenClient): Promise<Scope> {
  const { projects, incomplete } = await ownProjects(client);
  if (projects.length === 0) {
    throw new GardenError(
      "forbidden",
      "may not list Shoots in the whole garden, and no rule names your projects: name them with --project",
    );
  }
  const others = { what: `Shoots ${placeWords(undefined)}`, why: "forbidden, so only your own projects are shown" };
  const hidden = incomplete ? [{ what: "some of your projects, maybe", why: "the server did not tell all rules" }] : [];
  return { namespaces: projects.map((it) => it.namespace), unseen: [others, ...hidden] };
}

/** A project with the namespace of its Shoots and Secrets. */
export interface ProjectPlace {
  readonly project: string;
  readonly namespace: string;
}

/**
 * The projects of somebody who may not list them: RBAC lets each be read by name, and the rules tell the names.
 * (gardener: pkg/controllermanager/controller/project, the ClusterRoles of a project)
 */
export async function ownProjects(
  client: GardenClient,
  options: CallOptions = {},
): Promise<{ readonly projects: readonly ProjectPlace[]; readonly incomplete: boolean }> {
  const { rules, incomplete } = await client.rules(client.namespace, options);
  const readable = rules.filter(
    ({ verbs, groups, resources: plurals }) =>
      includes(verbs, "get") && includes(groups, "core.gardener.cloud") && includes(plurals, "projects"),
  );
  const names = [...new Set(readable.flatMap((it) => it.names))].sort();
  const projects = await inTurn(names, async (project) => {
    const namespace = await unlessMissing(namespaceOf(client, project, options));
    return namespace === undefined ? undefined : { project, namespace };
  });
  return { projects: projects.filter((it) => it !== undefined), incomplete };
}

async function namespaceOf(client: GardenClient, project: string, options: CallOptions = {}): Promise<string> {
  const found = await client.get(
    { resource: resources.projects, name: project },
    { keep: { spec: { namespace: true } }, ...options },
  );
  const namespace = textAt(found, "spec", "namespace");
  if (namespace === undefined) throw new GardenError("not-found", `project "${project}" has no namespace yet`);
  return namespace;
}

function includes(list: readonly string[], value: string): boolean {
  return list.includes(value) || list.includes("*");
}

async function inTurn<T, U>(items: readonly T[], give: (item: T) => Promise<U>): Promise<readonly U[]> {
  const given: U[] = [];
  for (const item of items) given.push(await give(item));
  return given;
}
