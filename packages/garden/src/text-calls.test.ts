import { type ApiServer, kubeconfigFor, startApiServer } from "@registry-cache/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectGarden, type GardenClient, isGardenError, resources } from "./index.ts";

let server: ApiServer;
let client: GardenClient;

beforeEach(async () => {
  server = await startApiServer({ namespaces: ["a"] });
  client = connectGarden({ kubeconfigText: kubeconfigFor(server), env: {} });
});

afterEach(async () => {
  client.close();
  await server.close();
});

const path = "/api/v1/namespaces/a/pods/b:5000/proxy/v2/";

test.each([
  { status: 200, text: "a log\nof two lines\n" },
  { status: 500, text: '{"errors":[{"code":"UNKNOWN","detail":"unauthorized: authentication required"}]}' },
  { status: 404, text: "404 page not found\n" },
])("what is behind the server answers in its own words, with status $status", async ({ status, text }) => {
  server.faults.add({ path: /proxy/, times: 9, effect: { answer: status, body: text } });
  expect(await client.text(path)).toEqual({ status, text });
  // A program's error is its answer: it is asked once.
  expect(server.requests.map((it) => it.url)).toEqual([path]);
});

test("what the server itself refuses is an error", async () => {
  const refused: unknown = await client.text("/api/v1/namespaces/a/secrets/none").catch((error: unknown) => error);
  expect(isGardenError(refused) && [refused.kind, refused.message]).toEqual([
    "not-found",
    'Error from server (NotFound): secrets "none" not found',
  ]);
});

test("an apply is a patch under our name, and takes over only when it is told to", async () => {
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "m", namespace: "a" }, data: { x: "1" } };
  server.faults.add({ method: "PATCH", times: 9, effect: { answer: 200, body: JSON.stringify(object) } });
  await client.apply(resources.configMaps, object, { dryRun: true });
  expect(await client.apply(resources.configMaps, object, { force: true })).toEqual(object);
  expect(server.requests.map(({ method, url, headers, body }) => [method, url, headers["content-type"], body])).toEqual(
    ["&dryRun=All", "&force=true"].map((it) => [
      "PATCH",
      `/api/v1/namespaces/a/configmaps/m?fieldManager=kubectl-registry-cache${it}`,
      "application/apply-patch+yaml",
      JSON.stringify(object),
    ]),
  );
});
