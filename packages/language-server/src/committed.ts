import type { FileReport } from "@registry-cache/core";
import type { FileSource } from "./file-source.ts";
import type { KnownFacts } from "./known-facts.ts";
import type { KnownFiles } from "./known-files.ts";

/** Keeps what Git knows of the files where it makes a difference. */
export interface Committed {
  /** Asks Git about files that it was not asked about yet. Gives those whose findings may have changed. */
  learn(): Promise<readonly string[]>;
  /** The next time Git is asked anew. */
  forget(uri: string): void;
}

/** Git is a process, so nothing is asked where it is not `allowed`: where the user does not trust the folders, or does not want it. */
export function createCommitted(files: KnownFiles, facts: KnownFacts, source: FileSource, allowed: boolean): Committed {
  const asked = new Set<string>();
  const committed = new Set<string>();
  return {
    async learn() {
      if (!allowed || source.tracked === undefined) return [];
      const uris = [...files.workspace.uris()].filter((uri) => !asked.has(uri) && matters(files.workspace.report(uri)));
      if (uris.length === 0) return [];
      for (const uri of uris) asked.add(uri);
      const tracked = await source.tracked(uris);
      const changed = uris.filter((uri) => tracked.has(uri) !== committed.has(uri));
      for (const uri of changed) {
        if (tracked.has(uri)) committed.add(uri);
        else committed.delete(uri);
      }
      if (changed.length > 0) facts.setCommitted(new Set(committed));
      return changed;
    },
    forget(uri) {
      asked.delete(uri);
    },
  };
}

function matters(report: FileReport | undefined): boolean {
  return (report?.secrets ?? []).some(({ findings: of }) =>
    [...of.credentials, ...of["ca-bundle"]].some((it) => it.ifCommitted),
  );
}
