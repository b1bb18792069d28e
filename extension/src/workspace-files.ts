import { Disposable, RelativePattern, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { answer } from "./protocol.ts";

const manifests = "**/*.{yaml,yml}";
const mostFiles = 10_000;
/** A manifest is never that large, and a worker's messages are copied. */
const largestFile = 1_000_000;

/** Reads files for a server that has no disk: it may ask for those of the open folders, and for no others. */
export function serveFiles(client: BaseLanguageClient): Disposable {
  return Disposable.from(
    answer(client, "registryCache/listFiles", ({ folder }) => listFiles(folder)),
    answer(client, "registryCache/readFile", ({ uri }) => readFile(uri)),
  );
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const uri = Uri.parse(folder);
  if (!workspace.getWorkspaceFolder(uri)) return [];
  const found = await workspace.findFiles(new RelativePattern(uri, manifests), undefined, mostFiles);
  return found.map(String);
}

async function readFile(file: string): Promise<string | null> {
  const uri = Uri.parse(file);
  if (!workspace.getWorkspaceFolder(uri)) return null;
  try {
    const { size } = await workspace.fs.stat(uri);
    return size > largestFile ? null : new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    // It may be gone since it was listed.
    return null;
  }
}
