import { type ApiServer, kubeconfigFor, startApiServer } from "@registry-cache/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type ApiObject,
  connectGarden,
  type GardenClient,
  isGardenError,
  type ListQuery,
  resources,
} from "../index.ts";

let server: ApiServer;
let client: GardenClient;
const waits: number[] = [];

beforeEach(async () => {
  server = await startApiServer({ namespaces: ["garden-a", "garden-b"] });
  for (let index = 0; index < 10; index += 1) put(`s${index}`);
  put("other", "garden-b");
  waits.length = 0;
  const wait = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
  client = connectGarden({ kubeconfigText: kubeconfigFor(server), env: {}, pace: { wait, random: () => 0 } });
});

afterEach(async () => {
  client.close();
  await server.close();
});

function put(name: string, namespace = "garden-a"): void {
  const metadata = {
    name,
    namespace,
    labels: labelsOf(name),
    managedFields: [{ manager: "x" }],
  };
  server.store.put("secrets", {
    apiVersion: "v1",
    kind: "Secret",
    metadata,
    data: { password: "c2VjcmV0" },
    type: "Opaque",
  });
}

function labelsOf(name: string): { readonly [key: string]: string } {
  if (name === "other") return {};
  return { even: String(Number(name.slice(1)) % 2 === 0) };
}

const query: ListQuery = { resource: resources.secrets, namespace: "garden-a", pageSize: 3 };
const ten = ["s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9"];

/** The names on each page, with a `+` on pages of a later moment; at last the error, if there is one. */
async function pages(
  asked: ListQuery = query,
  between: (page: number) => void | Promise<void> = () => undefined,
): Promise<readonly string[]> {
  const seen: string[] = [];
  try {
    for await (const { items, later } of client.pages(asked)) {
      seen.push(`${later ? "+" : ""}${items.map((it) => it.metadata.name)}`);
      await between(seen.length);
    }
  } catch (error) {
    seen.push(isGardenError(error) ? `${error.kind}: ${error.message}` : String(error));
  }
  return seen;
}

test("a list comes in pages of one moment, each asked for before the one before it is handed out", async () => {
  const found = await pages(query, (page) => {
    if (page === 1) put("s00");
  });
  expect(found).toEqual(["s0,s1,s2", "s3,s4,s5", "s6,s7,s8", "s9"]);
  const asked = server.requests.map(({ url }) => url.replace(/continue=[^&]+/, "continue=…"));
  const next = "/api/v1/namespaces/garden-a/secrets?limit=3&continue=…";
  expect(asked).toEqual(["/api/v1/namespaces/garden-a/secrets?limit=3", next, next, next]);
});

test("no more than one page is asked for ahead", async () => {
  const asked: number[] = [];
  for await (const _ of client.pages({ ...query, pageSize: 1 })) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    asked.push(server.requests.length);
  }
  expect(asked).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 10]);
});

test("whoever stops early leaves no request behind", async () => {
  for await (const _ of client.pages({ ...query, pageSize: 1 })) break;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(server.requests.length).toBeLessThanOrEqual(2);
});

test("all namespaces, labels and fields", async () => {
  const list = async (more: Partial<ListQuery>): Promise<readonly string[]> =>
    (await client.list({ resource: resources.secrets, ...more })).items.map(
      (it) => `${it.metadata.namespace}/${it.metadata.name}`,
    );
  expect([
    await list({ fieldSelector: "metadata.name=other" }),
    await list({ labelSelector: "even=true", namespace: "garden-a" }),
    await list({ labelSelector: "!even" }),
  ]).toEqual([["garden-b/other"], ["s0", "s2", "s4", "s6", "s8"].map((it) => `garden-a/${it}`), ["garden-b/other"]]);
});

test("only the fields that are wanted are kept", async () => {
  const { items } = await client.list({
    ...query,
    keep: { metadata: { name: true }, type: true },
    fieldSelector: "metadata.name=s1",
  });
  expect(items).toEqual([{ metadata: { name: "s1" }, type: "Opaque" }]);
});

test("whole items say what they are", async () => {
  const { items } = await client.list({ ...query, fieldSelector: "metadata.name=s1" });
  expect(items.map(({ apiVersion, kind }) => [apiVersion, kind])).toEqual([["v1", "Secret"]]);
});

test("with metadata only, no value leaves the server", async () => {
  const { items } = await client.list({ ...query, metadataOnly: true });
  expect(items.map((it) => [it.metadata.name, "data" in it])).toEqual(ten.map((it) => [it, false]));
  expect(server.requests[0]?.headers.accept).toBe("application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
});

test("a list that the server forgets goes on at a later moment", async () => {
  const found = await pages(query, async (page) => {
    if (page !== 1) return;
    // The second page is asked for already; it is to arrive first.
    await new Promise((resolve) => setTimeout(resolve, 50));
    server.forgetLists();
  });
  expect(found).toEqual(["s0,s1,s2", "s3,s4,s5", "+s6,s7,s8", "+s9"]);
});

test("a whole list of one moment is asked for again when the server forgets it", async () => {
  server.faults.add({ path: /continue=/, effect: { answer: 410 } });
  const { items, resourceVersion } = await client.list(query);
  expect([items.map((it) => it.metadata.name), resourceVersion]).toEqual([ten, server.store.resourceVersion]);
  expect(server.requests.at(-1)?.url).toBe("/api/v1/namespaces/garden-a/secrets");
});

test("a whole list never mixes two moments, even where the server would go on", async () => {
  server.faults.add({ path: /continue=/, effect: { delay: 300 } });
  // While the second page is on its way.
  const looking = setInterval(() => {
    if (!server.requests.some((it) => it.url.includes("continue="))) return;
    server.forgetLists();
    clearInterval(looking);
  }, 5);
  const { items } = await client.list(query);
  expect(items.map((it) => it.metadata.name)).toEqual(ten);
  expect(server.requests.at(-1)?.url).toBe("/api/v1/namespaces/garden-a/secrets");
});

test("pages that the server forgets without a way on are an error", async () => {
  server.faults.add({ path: /continue=/, effect: { answer: 410 } });
  expect(await pages()).toEqual(["s0,s1,s2", "expired: Error from server (Expired): a fault of the test (410)"]);
});

test("a page that breaks off is asked for again, and none of it counts twice", async () => {
  server.faults.add({ path: /continue=/, effect: { cutAfter: 300 } });
  server.faults.add({ effect: { reset: true } });
  expect(await pages()).toEqual(["s0,s1,s2", "s3,s4,s5", "s6,s7,s8", "s9"]);
});

test("what is made of objects as they come is what is made of them afterwards, also where a page breaks off", async () => {
  server.faults.add({ path: /continue=/, effect: { cutAfter: 900 } });
  const keep = { metadata: { name: true } } as const;
  const nameOf = (it: ApiObject): string => `${it["kind"] ?? ""} ${Object.keys(it)} ${it.metadata.name}`;
  for (const asked of [query, { ...query, keep }, { ...query, metadataOnly: true }]) {
    const made: string[] = [];
    for await (const { items } of client.reducedPages(asked, nameOf)) made.push(...items);
    expect(made).toEqual((await client.list(asked)).items.map(nameOf));
  }
});

test("a page that breaks off again and again is an error, and the list never looks whole", async () => {
  server.faults.add({ path: /continue=/, times: 100, effect: { cutAfter: 300 } });
  const { host } = new URL(server.url);
  expect(await pages()).toEqual([
    "s0,s1,s2",
    `network: Unable to connect to the server: ${host} closed the connection before its answer was complete`,
  ]);
});

test.each([
  ["a page of a proxy", "<html>"],
  ["an object", '{"kind":"Secret","metadata":{}}'],
  ["a list of something else", '{"kind":"Status","metadata":{},"items":[]}'],
  ["a list of what is no object", '{"kind":"SecretList","metadata":{},"items":[{"a":1}]}'],
  ["half a list", '{"kind":"SecretList","metadata":{},"items":[{"metadata":{}}'],
])("%s instead of a list is an error", async (_, body) => {
  server.faults.add({ effect: { answer: 200, body } });
  expect((await pages()).map((it) => it.replace(new URL(server.url).host, "HOST"))).toEqual([
    "protocol: the answer of HOST is not what a Kubernetes API server sends; is the address right, and is a proxy in between?",
  ]);
});

test("a server that is busy is asked again, after as long as it says", async () => {
  server.faults.add({ effect: { answer: 429, headers: { "retry-after": "3" } } });
  server.faults.add({ times: 2, effect: { answer: 503 } });
  expect([await pages(), waits]).toEqual([
    ["s0,s1,s2", "s3,s4,s5", "s6,s7,s8", "s9"],
    [3125, 250, 500],
  ]);
});

test("a server that stays busy is left in the end", async () => {
  server.faults.add({ times: 100, effect: { answer: 503 } });
  expect([await pages(), waits, server.requests.length]).toEqual([
    ["server: Error from server (ServiceUnavailable): a fault of the test (503)"],
    [125, 250, 500, 1000, 2000],
    6,
  ]);
});

test("a server that asks for an hour is left at once", async () => {
  server.faults.add({ effect: { answer: 429, headers: { "retry-after": "3600" } } });
  expect([await pages(), waits]).toEqual([
    ["throttled: Error from server (TooManyRequests): a fault of the test (429)"],
    [],
  ]);
});
