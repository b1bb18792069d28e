import { type Browser, chromium } from "playwright-core";
import { findProgram } from "./find-program.ts";

/** The machine's Chromium, or undefined. CHROMIUM names another one. */
export function findChromium(): string | undefined {
  return process.env["CHROMIUM"] ?? findProgram(["chromium", "chromium-browser", "google-chrome"]);
}

/** Opens a headless Chromium that reaches this machine only. */
export function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("no Chromium on the PATH, set CHROMIUM or install it");
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
}
