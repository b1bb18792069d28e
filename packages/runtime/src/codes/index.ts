import { nodeCodes } from "./nodes.ts";
import { renderingCodes } from "./rendering.ts";
import { runningCodes } from "./running.ts";
import type { RuntimeCode } from "./runtime-code.ts";

/** All codes of rendering and of running caches, in order. */
export const runtimeCodes: readonly RuntimeCode[] = [
  ...Object.values(renderingCodes),
  ...Object.values(runningCodes),
  ...Object.values(nodeCodes),
];
