import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Makes a directory for one test with the files given by their paths in it. Whoever makes it removes it. */
export function makeScratch(files: { readonly [path: string]: string | Uint8Array } = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "registry-cache-scratch-")));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}
