/** Hosts that people write for Docker Hub; image references call it docker.io. */
export const dockerHubHosts: ReadonlySet<string> = new Set([
  "index.docker.io",
  "registry-1.docker.io",
  "registry.docker.io",
  "registry.hub.docker.com",
  "hub.docker.com",
  "www.docker.com",
  "docker.com",
]);
