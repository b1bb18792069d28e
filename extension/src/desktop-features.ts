import { commands, Disposable } from "vscode";
import type { DesktopFeatures } from "./activate.ts";
import { registerGarden } from "./garden/register-garden.ts";
import { registerRotateCredential } from "./rotate-credential.ts";
import { registerRuntimeManifests } from "./runtime-manifests.ts";
import { registerRuntimePreview } from "./runtime-preview.ts";
import { followShoots } from "./shoot-context.ts";
import { registerCredentialTest, testCredentialCommand } from "./test-credential.ts";

/** What the extension does beside the rest where it runs in Node. */
export const desktopFeatures: DesktopFeatures = {
  commands: [testCredentialCommand],
  register(parts) {
    void commands.executeCommand("setContext", "registryCache.desktop", true);
    const preview = registerRuntimePreview(parts);
    return Disposable.from(
      followShoots(),
      registerCredentialTest(parts),
      preview,
      registerRuntimeManifests(parts),
      registerRotateCredential(parts),
      registerGarden(parts, preview),
    );
  },
};
