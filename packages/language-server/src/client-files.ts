import { mayConcernUs, settingsFileName } from "@registry-cache/core";
import type { FileSource } from "./file-source.ts";
import { isString, listOf } from "./guards.ts";
import type { Outbox } from "./outbox.ts";
import { isSettingsFile } from "./settings-index.ts";
import { canonicalUri, folderOf, isBelow } from "./uri.ts";

/**
 * Files as the client reads them, for a server without a disk. The client answers `registryCache/listFiles` ({ folder })
 * with the URIs of the manifests and settings files below, and `registryCache/readFile` ({ uri }) with a text or null.
 */
export function createClientFiles(outbox: Outbox): FileSource {
  const roots = new Set<string>();
  const read = async (uri: string): Promise<string | undefined> => {
    const text = await outbox.askOwn("registryCache/readFile", { uri });
    return isString(text) ? text : undefined;
  };
  return {
    async *list(folder) {
      roots.add(folder);
      const uris = await outbox.askOwn("registryCache/listFiles", { folder });
      yield listOf(isString)(uris) ? uris.map(canonicalUri) : [];
    },
    async read(uri) {
      const text = await read(uri);
      return isSettingsFile(uri) || (text !== undefined && mayConcernUs(text)) ? text : undefined;
    },
    async settingsOf(folder) {
      // The client knows nothing above the folders of the workspace.
      for (let at: string | undefined = folder; at !== undefined && isInRoot(roots, at); at = folderOf(at)) {
        const uri = `${at}/${settingsFileName}`;
        if ((await read(uri)) !== undefined) return uri;
      }
      return undefined;
    },
  };
}

function isInRoot(roots: ReadonlySet<string>, folder: string): boolean {
  return [...roots].some((root) => isBelow(root, `${folder}/x`));
}
