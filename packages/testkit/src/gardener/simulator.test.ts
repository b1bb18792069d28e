import { afterEach, beforeEach, expect, test } from "vitest";
import { type ApiObject, fieldIn, listIn, textIn } from "../api-server/object.ts";
import {
  type ApiRequest,
  cachedShoot,
  createGardenerSimulator,
  createVirtualClock,
  type GardenerSimulator,
  MemoryStore,
} from "../index.ts";

const minute = 60_000;
let store: MemoryStore;
let garden: GardenerSimulator;
let clock: ReturnType<typeof createVirtualClock>;

beforeEach(() => {
  store = new MemoryStore();
  // 22:00 in UTC: the window of these Shoots opens an hour later.
  clock = createVirtualClock(Date.UTC(2030, 0, 1, 22));
  garden = createGardenerSimulator({
    store,
    clock,
    authorize: async ({ name }, { resource }) => name !== "blind" || resource !== "secrets",
  });
  store.put("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "garden-a" } });
  for (const name of ["docker-v1", "docker-v2"]) putSecret(name);
});

afterEach(() => garden.stop());

function putSecret(name: string, fields: object = {}): void {
  const data = { username: "dXNlcg==", password: "cGFzc3dvcmQ=" };
  const metadata = { name, namespace: "garden-a", uid: name };
  store.put("secrets", { apiVersion: "v1", kind: "Secret", metadata, immutable: true, data, ...fields });
}

const collection = "/apis/core.gardener.cloud/v1beta1/namespaces/garden-a/shoots";

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

async function send(method: string, path: string, body: unknown = {}, extra: Partial<ApiRequest> = {}): Promise<Reply> {
  const response = await garden.handler({
    method,
    path: collection + path,
    query: new URLSearchParams(),
    headers: { "content-type": Array.isArray(body) ? "application/json-patch+json" : "application/merge-patch+json" },
    body: JSON.stringify(body),
    user: { name: "owner", groups: [] },
    signal: new AbortController().signal,
    ...extra,
  });
  return { status: response.status, body: JSON.parse(String(response.body)) };
}

/** Status and message of a reply. */
async function refusal(reply: Promise<Reply>): Promise<string> {
  const { status, body } = await reply;
  return `${status} ${textIn(body, "reason") ?? "-"}: ${textIn(body, "message") ?? "no message"}`;
}

function shoot(spec: object = {}, secret = "docker-v1"): ApiObject {
  return cachedShoot({ namespace: "garden-a", name: "s", secret, spec });
}

const confined = {
  maintenance: { confineSpecUpdateRollout: true, timeWindow: { begin: "230000+0000", end: "000000+0000" } },
};
const switchTo = (name: string) => [{ op: "replace", path: "/spec/resources/0/resourceRef/name", value: name }];
const annotate = (value: string) => ({ metadata: { annotations: { "gardener.cloud/operation": value } } });

/** What a user can see of a Shoot's state: generation/observed, last operation, annotation. */
async function state(): Promise<string> {
  const { body } = await send("GET", "/s");
  const seen = (...path: readonly string[]): string => String(fieldIn(body, ...path) ?? "-");
  const last = ["type", "state", "progress"].map((it) => seen("status", "lastOperation", it)).join(" ");
  const operation = textIn(body, "metadata", "annotations", "gardener.cloud/operation");
  const numbers = `${seen("metadata", "generation")}/${seen("status", "observedGeneration")}`;
  return [numbers, last, operation].filter((it) => it !== undefined).join(" ");
}

function appliedSecret(): string | undefined {
  const [entry] = listIn(garden.applied({ namespace: "garden-a", name: "s" }), "resources");
  return textIn(entry, "resourceRef", "name");
}

async function created(spec: object = {}): Promise<void> {
  expect((await send("POST", "", shoot(spec))).status).toBe(201);
  await garden.advance(minute);
  expect(await state()).toBe("1/1 Create Succeeded 100");
}

test("a new Shoot is created by a run with progress", async () => {
  await send("POST", "", shoot());
  await garden.settle();
  expect(await state()).toBe("1/1 Create Processing 0");
  await garden.advance(minute / 2);
  expect(await state()).toBe("1/1 Create Processing 50");
  await garden.advance(minute / 2);
  expect([await state(), appliedSecret()]).toEqual(["1/1 Create Succeeded 100", "docker-v1"]);
});

interface GenerationCase {
  readonly name: string;
  readonly spec?: object;
  /** How the first run ends. */
  readonly first?: "Succeeded" | "Failed" | "Error" | "hang";
  readonly patches: readonly unknown[];
  readonly after: string;
}

// Table A of the facts about roll-out, row by row: what the reply of the write says.
test.each<GenerationCase>([
  { name: "a spec change", patches: [switchTo("docker-v2")], after: "2/1 Create Succeeded 100" },
  {
    name: "a confined spec change",
    spec: confined,
    patches: [switchTo("docker-v2")],
    after: "1/1 Create Succeeded 100",
  },
  {
    name: "a confined change with hibernation",
    spec: confined,
    patches: [{ spec: { hibernation: { enabled: true } } }],
    after: "2/1 Create Succeeded 100",
  },
  {
    name: "the end of confinement",
    spec: confined,
    patches: [switchTo("docker-v2"), { spec: { maintenance: { confineSpecUpdateRollout: false } } }],
    after: "2/1 Create Succeeded 100",
  },
  {
    name: "a change that confines",
    patches: [{ spec: { maintenance: { confineSpecUpdateRollout: true } } }],
    after: "1/1 Create Succeeded 100",
  },
  { name: "reconcile", patches: [annotate("reconcile")], after: "2/1 Create Succeeded 100" },
  {
    name: "reconcile in the same write as a confined change",
    spec: confined,
    patches: [{ ...annotate("reconcile"), spec: { purpose: "testing" } }],
    after: "2/1 Create Succeeded 100",
  },
  {
    name: "reconcile beside another operation",
    patches: [annotate("rotate-ssh-keypair;reconcile")],
    after: "2/1 Create Succeeded 100 rotate-ssh-keypair",
  },
  {
    name: "reconcile while it runs",
    first: "hang",
    patches: [annotate("reconcile")],
    after: "2/1 Create Processing 50",
  },
  {
    name: "reconcile of a failed Shoot",
    first: "Failed",
    patches: [annotate("reconcile")],
    after: "1/1 Create Failed 50 reconcile",
  },
  { name: "retry of a failed Shoot", first: "Failed", patches: [annotate("retry")], after: "2/1 Create Failed 50" },
  {
    name: "retry of a Shoot that has not failed",
    patches: [annotate("retry")],
    after: "1/1 Create Succeeded 100 retry",
  },
  {
    name: "a write that changes nothing",
    patches: [{ metadata: { labels: { a: "b" } } }],
    after: "1/1 Create Succeeded 100",
  },
])("generation after $name", async ({ spec, first = "Succeeded", patches, after }) => {
  garden.plan({ namespace: "garden-a", name: "s" }, { milliseconds: minute, outcome: first });
  await send("POST", "", shoot(spec));
  await garden.advance(minute);
  // What the controllers do next is not to be seen yet.
  garden.configure({ emergencyStop: true });
  await garden.settle();
  for (const patch of patches) expect((await send("PATCH", "/s", patch)).status).toBe(200);
  expect(await state()).toBe(after);
});

test("an operation on a Shoot that was never run stays until one is due", async () => {
  garden.configure({ emergencyStop: true });
  await send("POST", "", shoot());
  await send("PATCH", "/s", annotate("reconcile"));
  expect(await state()).toBe("1/- - - - reconcile");
});

const hour = 60 * minute;

test("an unconfined switch is rolled out at once", async () => {
  await created();
  await send("PATCH", "/s", switchTo("docker-v2"));
  await garden.settle();
  expect([await state(), appliedSecret()]).toEqual(["2/2 Reconcile Processing 0", "docker-v1"]);
  await garden.advance(minute);
  expect([await state(), appliedSecret()]).toEqual(["2/2 Reconcile Succeeded 100", "docker-v2"]);
});

test("a confined switch waits for its window", async () => {
  await created(confined);
  await send("PATCH", "/s", switchTo("docker-v2"));
  await garden.advance(hour - 2 * minute);
  expect([await state(), appliedSecret()]).toEqual(["1/1 Create Succeeded 100", "docker-v1"]);
  await garden.advance(4 * minute);
  expect([await state(), appliedSecret()]).toEqual(["2/2 Reconcile Succeeded 100", "docker-v2"]);
});

test("a run works with the spec that it started with", async () => {
  await created();
  garden.plan({ namespace: "garden-a", name: "s" }, { milliseconds: 10 * minute, outcome: "Succeeded" });
  await send("PATCH", "/s", annotate("reconcile"));
  await garden.advance(minute);
  await send("PATCH", "/s", switchTo("docker-v2"));
  await garden.advance(9 * minute);
  expect([await state(), appliedSecret()]).toEqual(["3/3 Reconcile Processing 0", "docker-v1"]);
  await garden.advance(10 * minute);
  expect([await state(), appliedSecret()]).toEqual(["3/3 Reconcile Succeeded 100", "docker-v2"]);
});

test("a Shoot that sleeps keeps the old credential until it wakes up", async () => {
  await created(confined);
  await send("PATCH", "/s", { spec: { hibernation: { enabled: true } } });
  await garden.advance(minute);
  await send("PATCH", "/s", switchTo("docker-v2"));
  await send("PATCH", "/s", annotate("reconcile"));
  await garden.advance(minute);
  expect([await state(), appliedSecret()]).toEqual(["3/3 Reconcile Succeeded 100", "docker-v1"]);
  await send("PATCH", "/s", { spec: { hibernation: { enabled: false } } });
  await garden.advance(minute);
  expect([await state(), appliedSecret()]).toEqual(["4/4 Reconcile Succeeded 100", "docker-v2"]);
});

test("an Error is tried again after a minute, a Failed is not", async () => {
  const plan = (outcome: "Error" | "Failed" | "Succeeded") => ({ milliseconds: minute, outcome });
  garden.plan({ namespace: "garden-a", name: "s" }, plan("Error"), plan("Failed"), plan("Succeeded"));
  await send("POST", "", shoot());
  const seen: string[] = [];
  for (const _ of [1, 2, 3, 4]) {
    await garden.advance(minute);
    seen.push(await state());
  }
  expect(seen).toEqual([
    "1/1 Create Error 50",
    "1/1 Create Processing 0",
    "1/1 Create Failed 50",
    "1/1 Create Failed 50",
  ]);
});

test("health is asked for again after each run", async () => {
  await created();
  const health = async (): Promise<unknown> =>
    fieldIn(listIn((await send("GET", "/s")).body, "status", "conditions")[0], "status");
  expect(await health()).toBe("Progressing");
  await garden.advance(minute);
  expect(await health()).toBe("True");
});

test("what a Shoot refers to is held until no Shoot does", async () => {
  await created();
  const finalizers = async (name: string): Promise<unknown> =>
    (await store.get({ resource: "secrets", namespace: "garden-a", name }))?.metadata.finalizers;
  expect([await finalizers("docker-v1"), await finalizers("docker-v2")]).toEqual([
    ["gardener.cloud/reference-protection"],
    undefined,
  ]);
  await send("PATCH", "/s", switchTo("docker-v2"));
  await garden.settle();
  expect([await finalizers("docker-v1"), await finalizers("docker-v2")]).toEqual([
    undefined,
    ["gardener.cloud/reference-protection"],
  ]);
});

test("a Shoot is held only when all that it refers to is there", async () => {
  store.put("shoots.core.gardener.cloud", shoot({}, "docker-v9"));
  const finalizers = async (): Promise<unknown> => fieldIn((await send("GET", "/s")).body, "metadata", "finalizers");
  await garden.settle();
  expect(await finalizers()).toEqual(["gardener"]);
  putSecret("docker-v9");
  await garden.settle();
  expect(await finalizers()).toEqual(["gardener", "gardener.cloud/reference-protection"]);
});

test("a Secret that is doomed vanishes with its last reference", async () => {
  await created();
  const key = { resource: "secrets", namespace: "garden-a", name: "docker-v1" };
  const secret = await store.get(key);
  if (secret === undefined) throw new Error("unreachable: the Secret is there");
  store.put("secrets", { ...secret, metadata: { ...secret.metadata, deletionTimestamp: "2030-01-01T22:30:00Z" } });
  await garden.settle();
  expect((await store.get(key))?.metadata.finalizers).toEqual(["gardener.cloud/reference-protection"]);
  await send("PATCH", "/s", switchTo("docker-v2"));
  await garden.settle();
  expect(await store.get(key)).toBeUndefined();
});

test("a Shoot is deleted by a run, once somebody has confirmed it", async () => {
  await created();
  expect(await refusal(send("DELETE", "/s"))).toBe(
    '403 Forbidden: shoots.core.gardener.cloud "s" is forbidden: must have a "confirmation.gardener.cloud/deletion" annotation to delete',
  );
  await send("PATCH", "/s", { metadata: { annotations: { "confirmation.gardener.cloud/deletion": "true" } } });
  await send("DELETE", "/s");
  await garden.settle();
  expect(await state()).toBe("2/2 Delete Processing 0");
  expect(await refusal(send("PATCH", "/s", switchTo("docker-v2")))).toBe(
    '422 Invalid: Shoot.core.gardener.cloud "s" is invalid: spec: Forbidden: cannot update shoot spec if deletion timestamp is set',
  );
  await garden.advance(minute);
  expect(await refusal(send("GET", "/s"))).toBe('404 NotFound: shoots.core.gardener.cloud "s" not found');
});

const badSecret = { immutable: false, data: { username: "dXNlcg==" } };
const cachePath = "/spec/extensions/0/providerConfig/caches/0";

test("the extension looks at a Secret only when its configuration changes", async () => {
  await created();
  putSecret("docker-v3", badSecret);
  // The hole: an entry that names another Secret leaves the configuration as it was.
  expect((await send("PATCH", "/s", switchTo("docker-v3"))).status).toBe(200);
  const reply = await refusal(
    send("PATCH", "/s", [{ op: "add", path: `${cachePath}/volume`, value: { size: "20Gi" } }]),
  );
  expect(reply.slice(0, 110)).toBe(
    '422 -: admission webhook "validation.registry-cache.extensions.gardener.cloud" denied the request: [spec.exten',
  );
});

test("the way around it: a dry run with an entry of its own", async () => {
  await created();
  putSecret("docker-v3", badSecret);
  const probe = (secret: string) => [
    {
      op: "add",
      path: "/spec/resources/-",
      value: { name: "next", resourceRef: { apiVersion: "v1", kind: "Secret", name: secret } },
    },
    { op: "replace", path: `${cachePath}/secretReferenceName`, value: "next" },
  ];
  const query = new URLSearchParams({ dryRun: "All" });
  expect([
    (await send("PATCH", "/s", probe("docker-v2"), { query })).status,
    (await send("PATCH", "/s", probe("docker-v3"), { query })).status,
  ]).toEqual([200, 422]);
  await garden.settle();
  expect(await state()).toBe("1/1 Create Succeeded 100");
});

test("an entry whose Secret is missing or not readable is forbidden", async () => {
  await created();
  const user = { name: "blind", groups: [] };
  const missing = {
    spec: { kubernetes: { kubeAPIServer: { auditConfig: { auditPolicy: { configMapRef: { name: "gone" } } } } } },
  };
  expect([
    await refusal(send("PATCH", "/s", switchTo("nowhere"))),
    await refusal(send("PATCH", "/s", switchTo("docker-v2"), { user })),
    await refusal(send("PATCH", "/s", missing)),
    await refusal(send("PATCH", "/s", { spec: { purpose: "testing" } }, { user })),
  ]).toEqual([
    '403 Forbidden: shoots.core.gardener.cloud "s" is forbidden: secrets "nowhere" not found',
    '403 Forbidden: shoots.core.gardener.cloud "s" is forbidden: shoot cannot reference a resource you are not allowed to read',
    '403 Forbidden: shoots.core.gardener.cloud "s" is forbidden: configmaps "gone" not found',
    "200 -: no message",
  ]);
});

test("a name that is no entry any more fails the next run", async () => {
  await created();
  expect(
    (await send("PATCH", "/s", [{ op: "replace", path: "/spec/resources/0/name", value: "renamed" }])).status,
  ).toBe(200);
  await garden.advance(minute);
  const { body } = await send("GET", "/s");
  expect([await state(), textIn(body, "status", "lastOperation", "description")]).toEqual([
    "2/2 Reconcile Error 50",
    "failed to find referenced resource with name docker",
  ]);
});

test("a kubeconfig is given for at least ten minutes and at most a day", async () => {
  const ask = (expirationSeconds: number) => send("POST", "/s/viewerkubeconfig", { spec: { expirationSeconds } });
  await send("POST", "", shoot());
  expect(await refusal(ask(3600))).toMatch(/^422 Invalid: .*no kube-apiserver advertised addresses/);
  await garden.advance(minute);
  expect(await refusal(ask(10))).toMatch(/^422 Invalid: .*less than 10 minutes/);
  const { status, body } = await ask(10_000_000);
  expect([status, textIn(body, "status", "expirationTimestamp")]).toEqual([201, "2030-01-02T22:01:00Z"]);
});
