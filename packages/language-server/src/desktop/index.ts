import type { Methods, OwnMethods } from "../method.ts";
import type { DesktopRequests } from "../protocol/messages.ts";
import type { Host } from "../server.ts";
import type { Desktop } from "./desktop.ts";
import { gardenMethods } from "./garden-methods.ts";
import { loadOperations } from "./garden-operations.ts";
import { runtimeMethods } from "./preview-runtime.ts";
import { rotateMethods } from "./rotate-credential.ts";
import { commandMethods, credentialMethods } from "./test-credential.ts";

export type { Desktop } from "./desktop.ts";

/** What a server on a desktop has beside the rest: whatever needs gardens, registries, processes, or files of the user's own. */
export function desktopParts(desktop: Desktop): Pick<Host, "methods" | "readSchema"> {
  return {
    methods: methodsOf(desktop),
    readSchema: async (named) => (await loadOperations()).readEditorSchema(named, desktop.env),
  };
}

function methodsOf(desktop: Desktop): Methods {
  const own: OwnMethods<DesktopRequests> = {
    ...credentialMethods,
    ...runtimeMethods,
    ...rotateMethods,
    ...gardenMethods(desktop),
  };
  return { ...own, ...commandMethods };
}
