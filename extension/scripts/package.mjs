// Packs the built extension: dist/registry-cache.vsix, and beside it the folder that it was made of, for hosts that load a folder.
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createVSIX } from "@vscode/vsce";

const extension = fileURLToPath(new URL("../", import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));
const packaged = `${extension}packaged/`;
const staged = `${packaged}extension/`;
const vsix = `${packaged}registry-cache.vsix`;
const largest = 1_500_000;

rmSync(packaged, { recursive: true, force: true });
mkdirSync(staged, { recursive: true });
for (const path of ["dist", "l10n", "media", "walkthrough", "package.nls.json", ".vscodeignore"]) {
  cpSync(extension + path, staged + path, { recursive: true });
}
for (const path of ["LICENSE", "CHANGELOG.md"]) cpSync(root + path, staged + path);
writeFileSync(`${staged}README.md`, withoutPictures(readFileSync(`${extension}README.md`, "utf8")));
writeFileSync(`${staged}package.json`, `${JSON.stringify(shippedManifest(), null, 2)}\n`);

await createVSIX({
  cwd: staged,
  packagePath: vsix,
  dependencies: false,
  rewriteRelativeLinks: false,
  allowMissingRepository: true,
});
const { size } = statSync(vsix);
if (size > largest) throw new Error(`${vsix} has ${size} bytes, more than ${largest}`);

/** Who installs the extension needs nothing of how it was built. The sources are ES modules, the bundles are not. */
function shippedManifest() {
  const {
    devDependencies,
    private: unpublished,
    type,
    ...manifest
  } = JSON.parse(readFileSync(`${extension}package.json`));
  return manifest;
}

/** VS Code shows pictures of a README from the web only, and there is no such address. The walkthrough has them. */
function withoutPictures(readme) {
  return readme.replace(/^!\[.*\n\n/gm, "");
}
