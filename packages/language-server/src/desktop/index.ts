import type { Methods, OwnMethods } from "../method.ts";
import type { DesktopRequests } from "../protocol/messages.ts";
import type { Desktop } from "./desktop.ts";
import { gardenMethods } from "./garden-methods.ts";
import { runtimeMethods } from "./preview-runtime.ts";
import { rotateMethods } from "./rotate-credential.ts";
import { commandMethods, credentialMethods } from "./test-credential.ts";

export type { Desktop } from "./desktop.ts";

/** What a server on a desktop answers beside the rest: whatever needs gardens, registries or processes. */
export function desktopMethods(desktop: Desktop): Methods {
  const own: OwnMethods<DesktopRequests> = {
    ...credentialMethods,
    ...runtimeMethods,
    ...rotateMethods,
    ...gardenMethods(desktop),
  };
  return { ...own, ...commandMethods };
}
