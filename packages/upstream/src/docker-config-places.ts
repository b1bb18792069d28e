import { homedir } from "node:os";
import { join } from "node:path";

/** The files in which Docker and podman look for logins, in the order in which they count. */
export function dockerConfigPlaces(): readonly string[] {
  const { DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME } = process.env;
  return [
    join(DOCKER_CONFIG || join(homedir(), ".docker"), "config.json"),
    ...(REGISTRY_AUTH_FILE ? [REGISTRY_AUTH_FILE] : []),
    ...(XDG_RUNTIME_DIR ? [join(XDG_RUNTIME_DIR, "containers/auth.json")] : []),
    join(XDG_CONFIG_HOME || join(homedir(), ".config"), "containers/auth.json"),
  ];
}
