import { inspectAll } from "../inspect-all.ts";
import type { LintListener, OpenLint } from "../lint.ts";
import type { WorkspaceRequest } from "../request.ts";
import { emptyWorkspace, openWorkspace } from "../workspace.ts";
import { schemaOfGarden } from "./garden-schema.ts";
import { joinGarden, judgeLive, type LiveOutcome, type LiveRequest } from "./lint-live.ts";
import { type LiveSelection, readLiveSources } from "./live-sources.ts";

/** With a garden no Shoot may be forgotten: each may refer to a Secret that only the garden has. */
const room = Number.POSITIVE_INFINITY;

/** Reads and inspects files, or without any the Shoots of a garden, with what the garden knows of them. */
export async function openLiveLint(
  request: WorkspaceRequest,
  live: LiveRequest & LiveSelection,
  onProgress: LintListener["onProgress"],
): Promise<OpenLint> {
  const { schema, unseen } = await findSchema(request, live);
  const opened = await open({ ...request, shootSchema: schema }, live, onProgress);
  return { ...opened, live: { ...opened.live, unseen: [...unseen, ...opened.live.unseen] } };
}

/** The schema that somebody named goes before that of the garden. */
async function findSchema(
  { shootSchema }: WorkspaceRequest,
  { client, schemas }: LiveRequest,
): ReturnType<typeof schemaOfGarden> {
  if (shootSchema !== undefined || schemas === undefined) return { schema: shootSchema, unseen: [] };
  return schemaOfGarden(client, schemas);
}

async function open(
  request: WorkspaceRequest,
  live: LiveRequest & LiveSelection,
  onProgress: LintListener["onProgress"],
): Promise<OpenLint & { readonly live: LiveOutcome }> {
  if (request.names.length === 0) {
    const sources = await readLiveSources(live.client, live);
    const workspace = emptyWorkspace(sources.sources, sources.reader, request);
    inspectAll(workspace, { room });
    return { workspace, live: await judgeLive(workspace, live, sources) };
  }
  const workspace = openWorkspace(request, onProgress);
  return { workspace, live: await joinGarden(workspace, live, { against: request.against !== undefined, onProgress }) };
}
