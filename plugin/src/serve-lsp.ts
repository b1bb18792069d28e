import { openEditorFiles } from "@registry-cache/files";
import { desktopParts } from "@registry-cache/language-server/desktop";
import { serveStdio } from "@registry-cache/language-server/node";
import type { LateCompiler } from "./compile-late.ts";
import { version } from "./version.ts";

/** Serves the editor at standard input and output. Ends only with the program. */
export function serveLsp(compiler: LateCompiler): Promise<number> {
  const disk = openEditorFiles();
  const read = (uri: string): string | undefined => {
    compiler.readFile();
    return disk.read(uri);
  };
  serveStdio({ files: { ...disk, read }, version, parts: desktopParts });
  process.stdin.on("data", compiler.hear);
  return new Promise(() => undefined);
}
