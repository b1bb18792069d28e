// Draws media/icon.png from media/icon.svg: `node extension/scripts/draw-icon.mjs`. A marketplace takes no SVG.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openBrowser } from "../../test/editor/host/open-browser.ts";

const media = new URL("../media/", import.meta.url);
const browser = await openBrowser();
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<style>body { margin: 0 }</style>${readFileSync(new URL("icon.svg", media), "utf8")}`);
await page.screenshot({ path: fileURLToPath(new URL("icon.png", media)), omitBackground: true });
await browser.close();
