import { openEditorFiles } from "@registry-cache/files";
import { desktopMethods } from "@registry-cache/language-server/desktop";
import { serveStdio } from "@registry-cache/language-server/node";
import { version } from "./version.ts";

/** Serves the editor at standard input and output. Ends only with the program. */
export function serveLsp(): Promise<number> {
  serveStdio({ files: openEditorFiles(), version, methods: desktopMethods });
  return new Promise(() => undefined);
}
