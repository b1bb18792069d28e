import {
  type ApiServer,
  createGardenerSimulator,
  createVirtualClock,
  kubeconfigFor,
  MemoryStore,
  startApiServer,
} from "@registry-cache/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type ApiObject,
  type ConnectOptions,
  connectGarden,
  type GardenClient,
  isGardenError,
  resources,
} from "./index.ts";

let server: ApiServer;
const clients: GardenClient[] = [];

beforeEach(async () => {
  const grants = [
    {
      subjects: ["viewer"],
      verbs: ["get", "list"],
      groups: ["core.gardener.cloud"],
      resources: ["shoots"],
      namespaces: ["garden-a"],
    },
  ];
  const openApi = { "apis/core.gardener.cloud/v1beta1": { components: {} } };
  const store = new MemoryStore();
  const clock = createVirtualClock();
  const { resources: garden, stop } = createGardenerSimulator({ store, clock, authorize: async () => true });
  stop();
  server = await startApiServer({ namespaces: ["garden-a"], grants, openApi, store, clock, resources: garden });
  server.known.tokens.set("token-of-viewer", { name: "viewer", groups: [] });
  server.known.passwords.set("alice:pass:word", { name: "alice", groups: ["system:masters"] });
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await server.close();
});

function connect(user?: object, options: ConnectOptions = {}): GardenClient {
  const kubeconfigText = kubeconfigFor(server, user ? { user } : {});
  const pace = { wait: async () => undefined, random: () => 0 };
  const client = connectGarden({ kubeconfigText, env: {}, pace, ...options });
  clients.push(client);
  return client;
}

function secret(name: string, fields: object = {}): ApiObject {
  return { apiVersion: "v1", kind: "Secret", metadata: { name, namespace: "garden-a" }, ...fields };
}

const ref = { resource: resources.secrets, namespace: "garden-a", name: "s" };

/** What a promise comes to, as text. */
async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    return `value ${JSON.stringify(await work)}`;
  } catch (error) {
    return isGardenError(error) ? `${error.kind}: ${error.message}` : `no GardenError: ${error}`;
  }
}

test("an object is created, read, changed and deleted", async () => {
  const client = connect();
  const created = await client.create(resources.secrets, secret("s", { stringData: { username: "u" } }));
  const { uid = "", resourceVersion = "" } = created.metadata;
  const { creationTimestamp, ...metadata } = created.metadata;
  expect([{ ...created, metadata }, creationTimestamp]).toEqual([
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s", namespace: "garden-a", uid, resourceVersion },
      type: "Opaque",
      data: { username: "dQ==" },
    },
    "2030-01-01T00:00:00Z",
  ]);
  expect(await client.get(ref)).toEqual(created);
  const patched = await client.patch(ref, [
    { op: "test", path: "/data/username", value: "dQ==" },
    { op: "add", path: "/immutable", value: true },
  ]);
  expect(patched["immutable"]).toBe(true);
  const held = "Error from server (Conflict): Operation cannot be fulfilled on Secret";
  const record = patched.metadata.resourceVersion ?? "";
  expect([
    await outcome(client.delete(ref, { uid: "another-uid" })),
    await outcome(client.delete(ref, { resourceVersion })),
    await outcome(client.delete(ref, { uid, resourceVersion: record })),
    await outcome(client.get(ref)),
  ]).toEqual([
    `conflict: ${held} "s": the UID in the precondition (another-uid) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    `conflict: ${held} "s": the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${record}). The object might have been modified`,
    'value {"gone":true}',
    'not-found: Error from server (NotFound): secrets "s" not found',
  ]);
});

test("what a finalizer holds is not gone", async () => {
  server.store.put("secrets", {
    ...secret("s"),
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s", namespace: "garden-a", finalizers: ["x"] },
  });
  const deletion = await connect().delete(ref);
  expect([deletion.gone, "object" in deletion && deletion.object.metadata.deletionTimestamp]).toEqual([
    false,
    "2030-01-01T00:00:00Z",
  ]);
});

test("refusals are worded as kubectl words them", async () => {
  const client = connect();
  await client.create(resources.secrets, secret("s", { data: { a: "YQ==" }, immutable: true }));
  expect(
    [
      await outcome(client.create(resources.secrets, secret("s"))),
      await outcome(
        client.create(resources.secrets, { ...secret("s"), metadata: { name: "s", namespace: "nowhere" } }),
      ),
      await outcome(client.patch(ref, [{ op: "test", path: "/data/a", value: "Yg==" }])),
      await outcome(client.patch(ref, [{ op: "replace", path: "/data/a", value: "Yg==" }])),
      await outcome(
        client.patch(ref, [
          { op: "remove", path: "/immutable" },
          { op: "add", path: "/data/b", value: "Yg==" },
        ]),
      ),
      await outcome(client.patch(ref, [{ op: "add", path: "/metadata/resourceVersion", value: "1" }])),
      await outcome(client.get({ resource: { group: "x.example", version: "v1", plural: "things" }, name: "t" })),
      await outcome(client.list({ resource: { ...resources.shoots, plural: "sheds" }, namespace: "garden-a" })),
      await outcome(connect({ token: "token-of-viewer" }).get(ref)),
      await outcome(connect({ token: "token-of-viewer" }).list({ resource: resources.shoots })),
      await outcome(connect({ token: "unknown" }).get(ref)),
    ].map((it) => it.replace(new URL(server.url).host, "HOST")),
  ).toEqual([
    'already-exists: Error from server (AlreadyExists): secrets "s" already exists',
    'not-found: Error from server (NotFound): namespaces "nowhere" not found',
    "invalid: The request is invalid: the server rejected our request due to an error in our request",
    'invalid: The Secret "s" is invalid: data: Forbidden: field is immutable when `immutable` is set',
    'invalid: The Secret "s" is invalid: immutable: Forbidden: field is immutable when `immutable` is set; data: Forbidden: field is immutable when `immutable` is set',
    'conflict: Error from server (Conflict): Operation cannot be fulfilled on secrets "s": the object has been modified; please apply your changes to the latest version and try again',
    "not-found: Error from server (NotFound): the server could not find the requested resource: HOST has no things.x.example",
    "not-found: Error from server (NotFound): the server could not find the requested resource: HOST has no sheds.core.gardener.cloud; is it the garden, or the cluster of a Shoot?",
    'forbidden: Error from server (Forbidden): secrets "s" is forbidden: User "viewer" cannot get resource "secrets" in API group "" in the namespace "garden-a"',
    'forbidden: Error from server (Forbidden): shoots.core.gardener.cloud is forbidden: User "viewer" cannot list resource "shoots" in API group "core.gardener.cloud" at the cluster scope',
    "unauthorized: error: You must be logged in to the server (Unauthorized)",
  ]);
});

test("a dry run goes through all of it and stores nothing", async () => {
  const client = connect();
  expect((await client.create(resources.secrets, secret("s"), { dryRun: true })).metadata.name).toBe("s");
  expect(await outcome(client.get(ref))).toMatch(/^not-found/);
  await client.create(resources.secrets, secret("s"));
  await client.patch(ref, [{ op: "add", path: "/immutable", value: true }], { dryRun: true });
  await client.delete(ref, { dryRun: true });
  expect((await client.get(ref))["immutable"]).toBeUndefined();
});

test("each warning is told once", async () => {
  const told: string[] = [];
  const client = connect(undefined, { onWarning: (it) => told.push(it) });
  await client.create(resources.secrets, secret("a", { bogus: 1, 'od"d, 299 -': 1 }));
  await client.create(resources.secrets, secret("b", { bogus: 1 }));
  expect(told).toEqual(['unknown field "bogus"', 'unknown field "od"d, 299 -"']);
  const strict = client.create(resources.secrets, secret("c", { bogus: 1 }), { fieldValidation: "Strict" });
  expect(await outcome(strict)).toBe(
    'server: Error from server (BadRequest): Secret in version "v1" cannot be handled as a Secret: strict decoding error: unknown field "bogus"',
  );
});

test("a user may show a name and a password, or a certificate", async () => {
  const { certificate, key } = server.authority.issue({ commonName: "bob", organizations: ["system:masters"] });
  const data = (it: string): string => Buffer.from(it).toString("base64");
  const users = [
    { username: "alice", password: "pass:word" },
    { "client-certificate-data": data(certificate), "client-key-data": data(key) },
  ];
  const counts = users.map(async (user) => (await connect(user).list({ resource: resources.secrets })).items);
  expect(await Promise.all(counts)).toEqual([[], []]);
});

test("whoever may acts as somebody else", async () => {
  const asUserExtra = new Map([["example.org/why", ["a b", "c"]]]);
  const flags = { as: "viewer", asUid: "7", asGroups: ["g", "h"], asUserExtra };
  expect(await outcome(connect(undefined, { flags }).get(ref))).toMatch(/^forbidden: .*User "viewer" cannot get/);
  const { headers } = server.requests[0] ?? {};
  const sent = Object.entries(headers ?? {}).filter(([name]) => name.startsWith("impersonate"));
  expect(Object.fromEntries(sent)).toEqual({
    "impersonate-user": "viewer",
    "impersonate-uid": "7",
    "impersonate-group": "g, h",
    "impersonate-extra-example.org%2fwhy": "a b, c",
  });
});

test("what we may do", async () => {
  const client = connect({ token: "token-of-viewer" });
  const can = (verb: string, namespace: string) => client.canI({ verb, resource: resources.shoots, namespace });
  expect([await can("list", "garden-a"), await can("patch", "garden-a"), await can("list", "garden-b")]).toEqual([
    true,
    false,
    false,
  ]);
  expect(await client.rules("garden-a")).toEqual({
    rules: [{ verbs: ["get", "list"], groups: ["core.gardener.cloud"], resources: ["shoots"], names: [] }],
    incomplete: false,
  });
});

test("the description of a group version is found by its hash", async () => {
  const client = connect();
  const found = await client.openApi("apis/core.gardener.cloud/v1beta1");
  expect([found?.hash, await found?.load(), await client.openApi("apis/other/v1")]).toEqual([
    expect.stringMatching(/^[0-9A-F]{128}$/),
    { components: {} },
    undefined,
  ]);
  expect(server.requests.at(-2)?.url).toBe(`/openapi/v3/apis/core.gardener.cloud/v1beta1?hash=${found?.hash}`);
});

test("a kubeconfig for a Shoot is asked for", async () => {
  const status = { advertisedAddresses: [{ name: "external", url: "https://api.s.example" }] };
  const metadata = { name: "s", namespace: "garden-a" };
  server.store.put("shoots.core.gardener.cloud", {
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "Shoot",
    metadata,
    spec: {},
    status,
  });
  const { text, expires } = await connect().shootKubeconfig(metadata, "viewer", 900);
  expect([connectGarden({ kubeconfigText: text, env: {} }).server.href, expires]).toEqual([
    "https://api.s.example/",
    "2030-01-01T00:15:00Z",
  ]);
  expect(await outcome(connect().shootKubeconfig(metadata, "admin", 10))).toMatch(
    /^invalid: The AdminKubeconfigRequest "" is invalid: spec.expirationSeconds: Invalid value: 10/,
  );
});

test("no error repeats a credential, whatever the server says", async () => {
  const password = "Tr0ub4dor&3";
  const encoded = Buffer.from(password).toString("base64");
  const echoes = [
    password,
    encoded,
    JSON.stringify(password),
    "Bearer admin-token-123",
    "Basic YWxpY2U6cGFzcw==",
    "eyJhbGciOi.eyJzdWIi.c2ln",
  ];
  const message = `cannot handle ${echoes.join(" and ")}: error found in #10 byte of ...|"a":"${encoded.slice(0, 6)}|..., bigger context ...|{"data":{"a":"${encoded.slice(0, 9)}|...`;
  const status = {
    kind: "Status",
    status: "Failure",
    message,
    reason: "Invalid",
    code: 422,
    details: { kind: "Secret", name: "s" },
  };
  const causes = [{ field: `data[password]`, message: `Invalid value: "${password.slice(2)}": must be better` }];
  server.known.tokens.set("admin-token-123", { name: "admin", groups: ["system:masters"] });
  const client = connect({ token: "admin-token-123" });
  const says: string[] = [];
  for (const body of [status, { ...status, details: { ...status.details, causes } }]) {
    server.faults.add({ effect: { answer: 422, body: JSON.stringify(body) } });
    says.push(await outcome(client.create(resources.secrets, secret("s", { stringData: { password } }))));
    server.faults.add({ effect: { answer: 422, body: JSON.stringify(body) } });
    says.push(await outcome(client.patch(ref, [{ op: "replace", path: "/data/password", value: encoded }])));
  }
  const hidden = Array.from({ length: 3 }, () => "<redacted>").join(" and ");
  const shown = `invalid: Error from server (Invalid): cannot handle ${hidden} and Bearer <redacted> and <redacted> and <redacted>: error found in #10 byte of ...|<redacted>|...`;
  const cause = 'invalid: The Secret "s" is invalid: data[password]: Invalid value: <redacted>: must be better';
  expect(says.map((it) => it.replace('"<redacted>"', "<redacted>"))).toEqual([shown, shown, cause, cause]);
});

test("an answer that is packed is unpacked", async () => {
  const data = { big: Buffer.from("x".repeat(400_000)).toString("base64") };
  server.store.put("secrets", {
    ...secret("s"),
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s", namespace: "garden-a" },
    data,
  });
  const kubeconfigText = kubeconfigFor({
    url: server.url.replace("127.0.0.1", "localhost"),
    authority: server.authority,
  });
  const client = connect(undefined, { kubeconfigText });
  const { items } = await client.list({ resource: resources.secrets, pageSize: 1 });
  expect([server.requests[0]?.headers["accept-encoding"], items.map((it) => it["data"])]).toEqual(["gzip", [data]]);
});
