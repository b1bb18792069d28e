import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeScratch } from "@registry-cache/testkit";
import { expect, onTestFinished, test } from "vitest";
import { change, open, openServer, type Server, uriOf } from "./server.ts";

const planted = "PL4NTED-PASSWORD";
const shoot = `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: north, namespace: garden-dev }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
      - upstream: quay.io
        secretReferenceName: login
        garbageCollection: { ttl: 24h }
      - upstream: ghcr.io
  resources:
  - { name: login, resourceRef: { apiVersion: v1, kind: Secret, name: ro-quay-v1 } }
`;
const secret = `apiVersion: v1
kind: Secret
metadata: { name: ro-quay-v1, namespace: garden-dev }
immutable: true
stringData: { username: reader, password: ${planted} }
`;

interface Opened {
  readonly server: Server;
  readonly uri: string;
  readonly folder: string;
}

async function openShoot({ trusted = true } = {}): Promise<Opened> {
  const folder = makeScratch({ "north.yaml": shoot, "secret.yaml": secret });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const server = await openServer({ folders: [folder], options: { trusted } });
  const uri = uriOf(join(folder, "north.yaml"));
  open(server, uri, shoot);
  return { server, uri, folder };
}

function commit(folder: string): void {
  const who = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  for (const args of [
    ["init", "-q"],
    ["add", "."],
    [...who, "commit", "-q", "-m", "all"],
  ])
    execFileSync("git", args, { cwd: folder });
}

const named = { shoot: "north", namespace: "garden-dev" };

/** The kinds and names of the objects in a text. */
function objects(text: string): readonly string[] {
  return [...text.matchAll(/^kind: (\w+)\nmetadata:\n(?: {2}.*\n)*? {2}name: (.*)$/gm)].map(
    ([, kind, name]) => `${kind} ${name}`,
  );
}

/** The words at the top of a text. */
function head(text: string): readonly string[] {
  return text.slice(0, text.indexOf("\n\n")).split("\n");
}

test("the Shoot at a place is known by its name", async () => {
  const { server, uri } = await openShoot();
  const at = { textDocument: { uri }, position: { line: 10, character: 3 } };
  expect(await server.request("registryCache/shootAt", at)).toEqual(named);
});

test("a Shoot's runtime is rendered as render prints it, without a value of a Secret", async () => {
  const { server, uri } = await openShoot();
  const { text } = (await server.request("registryCache/runtime", { uri, ...named })) as { text: string };
  expect(text).not.toContain(planted);
  expect(text).toContain(
    "  remoteurl: https://quay.io\n      ttl: 24h0m0s\n      username: <redacted>\n      password: '<redacted>'\n",
  );
  expect(objects(text)).toEqual([
    "Service registry-quay-io",
    "Secret registry-quay-io-config-880626aa",
    "Secret registry-quay-io-tls-7240599f",
    "StatefulSet registry-quay-io",
    "Service registry-ghcr-io",
    "Secret registry-ghcr-io-config-4a54aeb8",
    "Secret registry-ghcr-io-tls-a032c664",
    "StatefulSet registry-ghcr-io",
    "NetworkPolicy gardener.cloud--allow-registry-cache",
  ]);
  const nodes = text.slice(text.indexOf("# What containerd"));
  expect(nodes.split("\n").filter((it) => it.includes("hosts.toml"))).toEqual([
    "# # /etc/containerd/certs.d/quay.io/hosts.toml",
    "# # /etc/containerd/certs.d/ghcr.io/hosts.toml",
  ]);
});

test("an edit that is not saved is compared with the saved files, in words and as manifests", async () => {
  const { server, uri } = await openShoot();
  change(server, uri, 2, shoot.replace("24h", "48h").replace("      - upstream: ghcr.io\n", ""));
  const changes = (await server.request("registryCache/runtimeChanges", { uri, ...named, since: "saved" })) as {
    before: string;
    after: string;
  };
  expect(head(changes.after)).toEqual([
    "# What the change since the saved files does to the caches of this Shoot:",
    "#",
    "# quay.io: changed",
    "#   because garbageCollection.ttl is 48h0m0s, it was 24h0m0s",
    "#   => restarts",
    "# ghcr.io: removed",
    "#   because the cache is gone, and its volume with it",
    "#   => loses its volume and all images in it",
    "#   => every node stops using it",
  ]);
  expect(changes.before).toContain("ghcr-io");
  expect(changes.after.slice(changes.after.indexOf("\n\n"))).not.toContain("ghcr-io");
});

test("a file is compared with the last commit, and git that cannot say says why", async () => {
  const { server, uri, folder } = await openShoot();
  const asked = { uri, ...named, since: "HEAD" };
  const refused = await server.ask("registryCache/runtimeChanges", asked);
  commit(folder);
  const same = (await server.request("registryCache/runtimeChanges", asked)) as { after: string };
  change(server, uri, 2, shoot.replace("garbageCollection: { ttl: 24h }", "remoteURL: https://mirror.example.com"));
  const other = (await server.request("registryCache/runtimeChanges", asked)) as { after: string };
  const message = `git: ${folder}: not a git repository (or any of the parent directories): .git`;
  const intro = ["# What the change since the last commit does to the caches of this Shoot:", "#"];
  expect([refused, head(same.after), head(other.after)]).toEqual([
    { error: { code: -32803, message } },
    [...intro, "# quay.io: unchanged", "# ghcr.io: unchanged"],
    [
      ...intro,
      "# quay.io: changed",
      "#   because remoteURL is https://mirror.example.com, it was https://quay.io",
      "#   because garbageCollection.ttl is 168h0m0s, it was 24h0m0s",
      "#   => restarts",
      "#   => every node gets a new hosts.toml",
      "# ghcr.io: unchanged",
    ],
  ]);
});

test("a Shoot is compared with a text that the client has from elsewhere, such as the one in a garden", async () => {
  const { server, uri } = await openShoot();
  const since = { name: "the garden", text: shoot.replace("ttl: 24h", "ttl: 12h") };
  const changes = await server.request("registryCache/runtimeChanges", { uri, ...named, since });
  expect(head((changes as { after: string }).after).slice(0, 4)).toEqual([
    "# What the change since the garden does to the caches of this Shoot:",
    "#",
    "# quay.io: changed",
    "#   because garbageCollection.ttl is 24h0m0s, it was 12h0m0s",
  ]);
});

test("git is not asked where the folders are not trusted", async () => {
  const { server, uri } = await openShoot({ trusted: false });
  expect(await server.ask("registryCache/runtimeChanges", { uri, ...named, since: "HEAD" })).toEqual({
    error: { code: -32803, message: "the folders are not trusted, so git is not asked" },
  });
});

test("a Shoot that cannot be rendered says why, and is rendered again when it is mended", async () => {
  const { server, uri } = await openShoot();
  change(server, uri, 2, shoot.replace("ttl: 24h", "ttl: soon"));
  const broken = await server.request("registryCache/runtime", { uri, ...named });
  const field = "spec.extensions[0].providerConfig.caches[0].garbageCollection.ttl";
  expect(broken).toEqual({ text: `# Cannot be rendered: the extension cannot decode ${field}\n` });
  change(server, uri, 3, shoot);
  const { text } = (await server.request("registryCache/runtime", { uri, ...named })) as { text: string };
  expect(text).toContain("kind: StatefulSet");
});

test("the ready-made manifests come with every file they need", async () => {
  const { server } = await openShoot();
  const made = (await server.request("registryCache/readyMade")) as { name: string; files: { path: string }[] }[];
  const base = ["base/kustomization.yaml", "base/namespaces.yaml", "base/network-policy.yaml"];
  const overlay = (name: string, files: readonly string[]) => files.map((it) => `overlays/${name}/${it}.yaml`);
  expect(made.map(({ name, files }) => [name, files.map((it) => it.path)])).toEqual([
    ["public", [...base, ...overlay("public", ["kustomization", "cache", "nodes"])]],
    ["private", [...base, ...overlay("private", ["kustomization", "cache", "credentials", "nodes"])]],
  ]);
});
