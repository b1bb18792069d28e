// Brings the hosts that the editor suites run in: `node test/editor/host/install.ts [current] [oldest]`.
import { type HostVersion, hostVersions, installHost } from "./install-host.ts";

const known = Object.keys(hostVersions) as HostVersion[];
const asked = process.argv.slice(2);
for (const version of known) {
  if (asked.length === 0 || asked.includes(version)) installHost(version);
}
