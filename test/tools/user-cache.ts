import { homedir } from "node:os";
import { join } from "node:path";

/** Where programs for tests are kept between runs: a folder of the user's cache. */
export const userCache: string = join(
  process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"),
  "registry-cache-tools",
);
