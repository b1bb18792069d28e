import { workspace } from "vscode";

/** What our diagnostics give as their source. */
export const source = "registry-cache";

/** The documents that the server gets: YAML of the workspace's file systems, and what is not saved yet; no side of a comparison. */
export function documentSelector(): { language: string; scheme: string }[] {
  const schemes = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme);
  return [...new Set(["file", "untitled", ...schemes])].map((scheme) => ({ language: "yaml", scheme }));
}
