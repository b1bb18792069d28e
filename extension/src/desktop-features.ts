import { commands, Disposable } from "vscode";
import type { DesktopFeatures } from "./activate.ts";
import { registerRuntimeManifests } from "./runtime-manifests.ts";
import { registerRuntimePreview } from "./runtime-preview.ts";
import { registerCredentialTest, testCredentialCommand } from "./test-credential.ts";

/** What the extension does beside the rest where it runs in Node. */
export const desktopFeatures: DesktopFeatures = {
  commands: [testCredentialCommand],
  register(parts) {
    void commands.executeCommand("setContext", "registryCache.desktop", true);
    return Disposable.from(
      registerCredentialTest(parts),
      registerRuntimePreview(parts),
      registerRuntimeManifests(parts),
    );
  },
};
