import type { Requirement } from "../requirements.ts";
import { findProgram } from "./host/find-program.ts";
import { type HostVersion, hostVersions, isInstalled } from "./host/install-host.ts";
import { findChromium } from "./host/open-browser.ts";

const enable = "apt-get install chromium ripgrep && npm run test:editor";

/** A VS Code that can be driven without a screen. */
export function editorHost(version: HostVersion): Requirement {
  if (!findChromium()) return { met: false, reason: "no Chromium on the PATH", enable };
  if (!findProgram(["rg"])) return { met: false, reason: "no ripgrep on the PATH", enable };
  const met = isInstalled(version);
  return { met, reason: `no code-server ${hostVersions[version]} in the user's cache`, enable };
}
