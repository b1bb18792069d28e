import { type ApiServer, createVirtualClock, kubeconfigFor, startApiServer } from "@registry-cache/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectGarden, type GardenClient, isGardenError, type ListQuery, resources } from "../index.ts";

let server: ApiServer;
let client: GardenClient;
let stop: AbortController;
const clock = createVirtualClock();
const waits: number[] = [];

beforeEach(async () => {
  server = await startApiServer({ namespaces: ["garden-a"], clock });
  stop = new AbortController();
  waits.length = 0;
  const wait = async (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    await new Promise((resolve) => setTimeout(resolve, 5));
  };
  client = connectGarden({ kubeconfigText: kubeconfigFor(server), env: {}, pace: { wait, random: () => 0 } });
  put("a");
});

afterEach(async () => {
  stop.abort();
  client.close();
  await server.close();
});

function put(name: string, fields: object = {}): void {
  const metadata = { name, namespace: "garden-a", uid: name };
  server.store.put("secrets", { apiVersion: "v1", kind: "Secret", metadata, data: {}, ...fields });
}

function remove(name: string): Promise<unknown> {
  return server.store.remove({ resource: "secrets", namespace: "garden-a", name });
}

/** What is told of the objects, one change after the other; each step is done when what came before it was told. */
async function follow(steps: readonly (() => unknown)[], query: Partial<ListQuery> = {}): Promise<readonly string[]> {
  const told: string[] = [];
  try {
    for await (const change of client.follow(
      { resource: resources.secrets, namespace: "garden-a", ...query },
      stop.signal,
    )) {
      const names =
        change.type === "snapshot" ? change.objects.map((it) => it.metadata.name).join() : change.object.metadata.name;
      told.push(`${change.type} ${names}`);
      const step = steps[told.length - 1];
      if (step === undefined) break;
      // By then the watch is open.
      await new Promise((resolve) => setTimeout(resolve, 20));
      await step();
    }
  } catch (error) {
    told.push(isGardenError(error) ? `${error.kind}: ${error.message}` : String(error));
  }
  return told;
}

test("a snapshot is followed by every change", async () => {
  const told = await follow([() => put("b"), () => put("a"), () => remove("b")]);
  expect(told).toEqual(["snapshot a", "put b", "put a", "gone b"]);
});

test("a watch goes on where it was when the connection breaks", async () => {
  const lost = (): void => {
    server.dropConnections();
    put("b");
    put("c");
  };
  expect(await follow([lost, () => undefined])).toEqual(["snapshot a", "put b", "put c"]);
  expect(server.requests.filter((it) => !it.url.includes("watch")).length).toBe(1);
});

test("a watch that breaks off in the middle of a line loses nothing and repeats nothing", async () => {
  server.faults.add({ path: /watch/, effect: { cutAfter: 20 } });
  expect(await follow([() => put("b"), () => put("c")])).toEqual(["snapshot a", "put b", "put c"]);
});

test("a bookmark moves the moment that a watch goes on from", async () => {
  const later = async (): Promise<void> => {
    server.store.put("configmaps", {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "m", namespace: "garden-a" },
    });
    put("b");
  };
  const bookmarked = async (): Promise<void> => {
    await clock.advance(60_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    server.dropConnections();
    put("c");
  };
  await follow([later, bookmarked]);
  const since = server.requests.flatMap(({ url }) => /[?&]resourceVersion=(\d+)/.exec(url)?.[1] ?? []);
  expect(since.map((it) => Number(it) - Number(since[0]))).toEqual([0, 2]);
});

test("a moment that the server has forgotten is followed by a new snapshot", async () => {
  const forget = (): void => {
    put("b");
    server.store.forget();
    server.dropConnections();
  };
  // The watch is answered by an event ERROR.
  expect(await follow([forget, () => put("c")])).toEqual(["snapshot a", "snapshot a,b", "put c"]);
  const refuse = (): void => {
    server.faults.add({ path: /watch/, effect: { answer: 410 } });
    server.dropConnections();
    put("d");
  };
  expect(await follow([refuse, () => put("e")])).toEqual(["snapshot a,b,c", "snapshot a,b,c,d", "put e"]);
});

test("one object, metadata only, reduced to what is wanted", async () => {
  put("b");
  const query = { fieldSelector: "metadata.name=b", metadataOnly: true };
  const both = (): void => {
    put("a");
    put("b");
  };
  expect(await follow([both], query)).toEqual(["snapshot b", "put b"]);
  const changes: unknown[] = [];
  for await (const change of client.follow(
    { resource: resources.secrets, ...query, metadataOnly: false, keep: { metadata: { name: true } } },
    stop.signal,
  )) {
    changes.push(change);
    if (changes.length === 2) break;
    setTimeout(() => put("b"), 20);
  }
  expect(changes).toEqual([
    { type: "snapshot", objects: [{ metadata: { name: "b" } }] },
    { type: "put", object: { metadata: { name: "b", resourceVersion: server.store.resourceVersion } } },
  ]);
});

test("a server that is gone for long is an error", async () => {
  const gone = (): void => {
    server.faults.add({ path: /watch/, times: 100, effect: { answer: 503 } });
    server.dropConnections();
  };
  expect([await follow([gone]), waits]).toEqual([
    ["snapshot a", "server: Error from server (ServiceUnavailable): a fault of the test (503)"],
    [125, 250, 500, 1000, 2000, 4000],
  ]);
});

test("connections that break now and then are no error", async () => {
  const names = Array.from({ length: 10 }, (_, at) => `b${at}`);
  const steps = names.map((name) => () => {
    server.dropConnections();
    put(name);
  });
  expect(await follow(steps)).toEqual(["snapshot a", ...names.map((it) => `put ${it}`)]);
});

test("rights that are taken away are an error at once", async () => {
  const denied = (): void => {
    server.faults.add({ path: /watch/, effect: { answer: 403 } });
    server.dropConnections();
  };
  expect(await follow([denied])).toEqual([
    "snapshot a",
    "forbidden: Error from server (Forbidden): a fault of the test (403)",
  ]);
});

test("an end is heard at once", async () => {
  expect(await follow([() => void setTimeout(() => stop.abort(), 20)])).toEqual(["snapshot a", "cancelled: cancelled"]);
});
