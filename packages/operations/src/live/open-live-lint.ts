import { inspectAll } from "../inspect-all.ts";
import type { LintListener, OpenLint } from "../lint.ts";
import type { WorkspaceRequest } from "../request.ts";
import { emptyWorkspace, openWorkspace } from "../workspace.ts";
import { joinGarden, judgeLive, type LiveRequest } from "./lint-live.ts";
import { type LiveSelection, readLiveSources } from "./live-sources.ts";

/** With a garden no Shoot may be forgotten: each may refer to a Secret that only the garden has. */
const room = Number.POSITIVE_INFINITY;

/** Reads and inspects files, or without any the Shoots of a garden, with what the garden knows of them. */
export async function openLiveLint(
  request: WorkspaceRequest,
  live: LiveRequest & LiveSelection,
  onProgress: LintListener["onProgress"],
): Promise<OpenLint> {
  if (request.names.length === 0) {
    const sources = await readLiveSources(live.client, live);
    const workspace = emptyWorkspace(sources.sources, sources.reader, request);
    inspectAll(workspace, { room });
    return { workspace, live: await judgeLive(workspace, live, sources) };
  }
  const workspace = openWorkspace(request, onProgress);
  inspectAll(workspace, { onProgress, room });
  return { workspace, live: await joinGarden(workspace, live, request.against !== undefined) };
}
