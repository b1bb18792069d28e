import { setFlagsFromString } from "node:v8";
import { openEditorFiles } from "@registry-cache/files";
import { desktopMethods } from "@registry-cache/language-server/desktop";
import { serveStdio } from "@registry-cache/language-server/node";
import { version } from "./version.ts";

/** Serves an editor until it leaves, which ends the program. */
export function runLsp(): Promise<number> {
  optimizeLate();
  serveStdio({ files: openEditorFiles(), version, methods: desktopMethods });
  return new Promise(() => undefined);
}

/**
 * Lets V8 optimize only what runs very often, such as the reading of thousands of files. While somebody types, its compilers
 * take megabytes and a core for functions that take a millisecond as they are.
 */
function optimizeLate(): void {
  setFlagsFromString("--invocation-count-for-maglev=20000");
  setFlagsFromString("--invocation-count-for-turbofan=60000");
}
