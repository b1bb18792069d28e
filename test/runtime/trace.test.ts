import { rmSync } from "node:fs";
import { join } from "node:path";
import { cacheHosts, readImageName, renderHostsToml, type TracedRegistry, traceImage } from "@registry-cache/runtime";
import { makeScratch } from "@registry-cache/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { type Containerd, findContainerd, startContainerd, writeCertsD } from "./containerd.ts";
import { createImage, type RecordingRegistry, startRegistry } from "./recording-registry.ts";

const containerd = findContainerd();

/** A situation: who is configured for the image's registry, and what each of them answers. */
interface Situation {
  readonly name: string;
  readonly image: string;
  /** By default a cache for docker.io. */
  readonly upstream?: string;
  readonly hosts?: readonly HostSituation[];
  /** What the upstream answers instead of the image. */
  readonly server?: number;
  /** The requests that containerd makes, in order: the number of the server, 0 for the upstream, and what it is asked. */
  readonly asks: readonly string[];
}

interface HostSituation {
  readonly status?: number;
  readonly path?: string;
  readonly capabilities?: readonly string[];
  readonly overridePath?: boolean;
}

const tag = "HEAD /v2/library/nginx/manifests/latest";
// DIGEST stands for the digest of the situation's own image.
const head = "HEAD /v2/library/nginx/manifests/DIGEST";
const get = "GET /v2/library/nginx/manifests/DIGEST";
const ns = "?ns=docker.io";

const situations: readonly Situation[] = [
  { name: "a tag from the cache", image: "nginx", asks: [`1 ${tag}${ns}`, `1 ${get}${ns}`] },
  {
    name: "a tag that the cache does not have",
    image: "nginx",
    hosts: [{ status: 404 }],
    asks: [`1 ${tag}${ns}`, `0 ${tag}${ns}`, `1 ${get}${ns}`, `0 ${get}${ns}`],
  },
  {
    name: "a tag while the cache is broken",
    image: "nginx",
    hosts: [{ status: 500 }],
    asks: [`1 ${tag}${ns}`, `0 ${tag}${ns}`, `1 ${get}${ns}`, `0 ${get}${ns}`],
  },
  {
    name: "a tag that the cache refuses",
    image: "nginx",
    hosts: [{ status: 403 }],
    asks: [`1 ${tag}${ns}`, `0 ${tag}${ns}`, `1 ${get}${ns}`, `0 ${get}${ns}`],
  },
  {
    name: "a tag that nobody has",
    image: "nginx",
    hosts: [{ status: 404 }],
    server: 404,
    asks: [`1 ${tag}${ns}`, `0 ${tag}${ns}`],
  },
  { name: "a digest from the cache", image: `nginx@DIGEST`, asks: [`1 ${head}${ns}`, `1 ${get}${ns}`] },
  {
    name: "a digest while the cache is broken",
    image: `nginx@DIGEST`,
    hosts: [{ status: 500 }],
    asks: [`1 ${head}${ns}`, `0 ${head}${ns}`, `1 ${get}${ns}`, `0 ${get}${ns}`],
  },
  {
    name: "both tag and digest, of which the digest counts",
    image: `nginx:1.27@DIGEST`,
    asks: [`1 ${head}${ns}`, `1 ${get}${ns}`],
  },
  {
    name: "a repository below a host with a port",
    image: "registry.example:5000/team/app:v1",
    upstream: "registry.example:5000",
    asks: [
      "1 HEAD /v2/team/app/manifests/v1?ns=registry.example%3A5000",
      `1 GET /v2/team/app/manifests/DIGEST?ns=registry.example%3A5000`,
    ],
  },
  {
    name: "the old name of Docker Hub",
    image: "index.docker.io/library/nginx:latest",
    asks: [`1 ${tag}${ns}`, `1 ${get}${ns}`],
  },
  {
    name: "a mirror that may not resolve",
    image: "nginx",
    hosts: [{ capabilities: ["pull"] }],
    asks: [`0 ${tag}${ns}`, `1 ${get}${ns}`],
  },
  {
    name: "two mirrors, of which the first has nothing",
    image: "nginx",
    hosts: [{ status: 404 }, {}],
    asks: [`1 ${tag}${ns}`, `2 ${tag}${ns}`, `1 ${get}${ns}`, `2 ${get}${ns}`],
  },
  {
    name: "a mirror below a path",
    image: "nginx",
    hosts: [{ path: "/hub" }],
    asks: [`1 ${tag.replace("/v2/", "/hub/v2/")}${ns}`, `1 ${get.replace("/v2/", "/hub/v2/")}${ns}`],
  },
  {
    name: "a mirror below a path that is meant as it is",
    image: "nginx",
    hosts: [{ path: "/v2/hub/", overridePath: true }],
    asks: [`1 ${tag.replace("/v2/", "/v2/hub/")}${ns}`, `1 ${get.replace("/v2/", "/v2/hub/")}${ns}`],
  },
  {
    name: "a mirror below a path that ends in v2",
    image: "nginx",
    hosts: [{ path: "/hub/v2" }],
    asks: [`1 ${tag.replace("/v2/", "/hub/v2/")}${ns}`, `1 ${get.replace("/v2/", "/hub/v2/")}${ns}`],
  },
  {
    name: "a registry for which the node has nothing",
    image: "UPSTREAM/app:v1",
    hosts: [],
    asks: ["0 HEAD /v2/app/manifests/v1", `0 GET /v2/app/manifests/DIGEST`],
  },
];

describe.skipIf(lacks(containerd, "trace beside the real containerd"))("trace", () => {
  const folder = makeScratch();
  let node: Containerd;
  beforeAll(async () => {
    node = await startContainerd(join(folder, "containerd"));
  }, 30_000);
  afterAll(async () => {
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(situations)("foresees $name", async (situation) => {
    const content = createImage(situation.name);
    const server = await startRegistry(content, situation.server);
    const hosts = situation.hosts ?? [{}];
    const mirrors = await Promise.all(hosts.map(({ status }) => startRegistry(content, status)));
    const servers = [server, ...mirrors];
    const registry = registryOf(situation, hosts, { server, mirrors });
    const certsD = makeScratch();
    if (hosts.length > 0) writeCertsD(certsD, { [`${registry.upstream}/hosts.toml`]: renderHostsToml(registry) });
    const name = situation.image.replace("UPSTREAM", new URL(server.url).host).replace("DIGEST", content.digest);
    const read = readImageName(name);
    if (!read.ok) throw new Error(read.error);
    await node.fetch(read.value.full, certsD);
    const asked = servers.flatMap((it, index) => it.requests.map((request) => `${index} ${request}`));
    const trace = traceImage(read.value, hosts.length > 0 ? [registry] : []);
    const foreseen = [...trace.resolve, ...trace.fetch].map(({ method, url }) => nameHost(`${method} ${url}`, servers));
    await Promise.all(servers.map((it) => it.stop()));
    rmSync(certsD, { recursive: true, force: true });
    const hidden = (request: string): string => request.replace(content.digest, "DIGEST");
    expect(asked.map(hidden).sort()).toEqual([...situation.asks].sort());
    // Of what we foresee containerd does the first of each round, and goes on until one is answered.
    expect(foreseen.map(hidden).filter((it) => situation.asks.includes(it))).toEqual(situation.asks);
  });
});

interface Servers {
  readonly server: RecordingRegistry;
  readonly mirrors: readonly RecordingRegistry[];
}

function registryOf(
  { upstream = "docker.io" }: Situation,
  hosts: readonly HostSituation[],
  servers: Servers,
): TracedRegistry {
  const { server, mirrors } = servers;
  const [first = {}] = hosts;
  if (hosts.length === 1 && Object.keys(first).every((it) => it === "status"))
    return {
      ...cacheHosts({ upstream, remoteUrl: server.url }, mirrors[0]?.url ?? ""),
      kind: "cache",
      secretName: "login-v1",
    };
  return {
    kind: "mirror",
    upstream,
    server: server.url,
    readinessProbe: false,
    hosts: hosts.map(({ path = "", capabilities = ["pull", "resolve"], overridePath }, index) => ({
      url: `${mirrors[index]?.url}${path}`,
      capabilities,
      ...(overridePath === undefined ? {} : { overridePath }),
    })),
  };
}

/** Writes the number of the server in place of its address. */
function nameHost(request: string, servers: readonly RecordingRegistry[]): string {
  const index = servers.findIndex((it) => request.includes(it.url));
  return `${index} ${request.replace(servers[index]?.url ?? "", "")}`;
}
