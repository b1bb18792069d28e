import { openEditorFiles } from "@registry-cache/files";
import { serveStdio } from "@registry-cache/language-server/node";
import { version } from "./version.ts";

/** Serves an editor until it leaves, which ends the program. */
export function runLsp(): Promise<number> {
  serveStdio({ files: openEditorFiles(), version });
  return new Promise(() => undefined);
}
