import { type ApiServer, kubeconfigFor, startApiServer } from "@registry-cache/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ConnectOptions, connectGarden, type GardenClient, isGardenError, resources } from "./index.ts";

let server: ApiServer;

beforeEach(async () => {
  server = await startApiServer({ namespaces: ["garden-a"] });
});

afterEach(() => server.close());

/** Waits for nothing. */
export const hurried = { wait: async () => undefined, random: () => 0 };

function connect(options: ConnectOptions = {}): GardenClient {
  const kubeconfigText = kubeconfigFor(server);
  return connectGarden({ kubeconfigText, env: {}, pace: hurried, ...options });
}

function secret(
  name: string,
  fields: object = {},
): { readonly metadata: { readonly name: string; readonly namespace: string } } {
  return { apiVersion: "v1", kind: "Secret", metadata: { name, namespace: "garden-a" }, ...fields } as never;
}

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
  const ref = { resource: resources.secrets, namespace: "garden-a", name: "s" };
  const created = await client.create(resources.secrets, secret("s", { stringData: { username: "u" } }));
  const { uid, resourceVersion, ...named } = created.metadata;
  expect({ ...created, metadata: { name: named.name, namespace: named.namespace } }).toEqual({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s", namespace: "garden-a" },
    type: "Opaque",
    data: { username: "dQ==" },
  });
  expect(await client.get(ref)).toEqual(created);
  const patched = await client.patch(ref, [
    { op: "test", path: "/data/username", value: "dQ==" },
    { op: "add", path: "/immutable", value: true },
  ]);
  expect(patched["immutable"]).toBe(true);
  expect(await outcome(client.delete(ref, { uid: "other" }))).toBe(
    `conflict: Error from server (Conflict): Operation cannot be fulfilled on secrets "s": Precondition failed: UID in precondition: other, UID in object meta: ${uid}`,
  );
  expect(await outcome(client.delete(ref, { resourceVersion: resourceVersion ?? "" }))).toMatch(
    /^conflict: .*does not match/,
  );
  expect(await client.delete(ref, { uid: uid ?? "", resourceVersion: patched.metadata.resourceVersion ?? "" })).toEqual(
    { gone: true },
  );
  expect(await outcome(client.get(ref))).toBe('not-found: Error from server (NotFound): secrets "s" not found');
  client.close();
});
