import type { ClusterFacts, Facts, Workspace } from "@registry-cache/core";

/** What is known beside the files, from whoever knows it. */
export interface KnownFacts {
  setCommitted(committed: ReadonlySet<string>): void;
  /** Takes what a garden says; undefined when none is connected. */
  setCluster(cluster: ClusterFacts | undefined): void;
}

/** Keeps the facts of a workspace together: each of those who know something replaces its own. */
export function createKnownFacts(workspace: Workspace): KnownFacts {
  let { cluster, committed }: Facts = {};
  const put = (): void => workspace.setFacts({ ...(cluster && { cluster }), ...(committed && { committed }) });
  return {
    setCommitted(uris) {
      committed = uris;
      put();
    },
    setCluster(known) {
      cluster = known;
      put();
    },
  };
}
