import { rmSync } from "node:fs";
import { join } from "node:path";
import { connectGarden, resources } from "@registry-cache/garden";
import { makeScratch, startApiServer } from "@registry-cache/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cluster, startCluster } from "../cluster/cluster.ts";
import { findControlPlane } from "../cluster/programs.ts";
import { lacks } from "../requirements.ts";
import { type Answer, type Call, openServer, type Server } from "./call-server.ts";
import { toNormal } from "./normal-answer.ts";
import { type Memory, namespace, patch, secrets } from "./script.ts";
import { steps } from "./steps.ts";
import { widgetDefinition, widgets } from "./widgets.ts";

const controlPlane = findControlPlane();
const missing = lacks(controlPlane, "testkit's API server beside a real kube-apiserver");

describe.skipIf(missing)("testkit's API server answers as a real kube-apiserver does", () => {
  const folder = makeScratch();
  let cluster: Cluster | undefined;
  let real: ReadonlyMap<string, object> = new Map();
  let ours: ReadonlyMap<string, object> = new Map();
  let walks: readonly Walk[] = [];
  beforeAll(async () => {
    cluster = await startCluster(controlPlane.kubeApiserver, join(folder, "cluster"), forgetful);
    const server = await startApiServer({ resources: [widgets] });
    const control = { url: cluster.server, ca: cluster.certificateAuthority };
    await defineWidgets(control);
    real = await play(control, untilForgotten);
    ours = await play({ url: server.url, ca: server.authority.certificate }, async () => server.forgetLists());
    walks = [
      await walk(control, untilForgotten),
      await walk({ url: server.url, ca: server.authority.certificate }, async () => server.forgetLists()),
    ];
    await server.close();
  }, 180_000);
  afterAll(async () => {
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(steps.map((it) => it.name))("%s", (name) => {
    expect(real.get(name)).toBeDefined();
    expect(ours.get(name)).toEqual(real.get(name));
  });

  test("our client goes on with a list that is forgotten half-way, says so, and sees every object", () => {
    const names = ["a", "applied", "b", "fixed"];
    expect(walks.map(({ seen, later }) => [names.filter((it) => !seen.includes(it)), later])).toEqual([
      [[], [false, true]],
      [[], [false, true]],
    ]);
  });

  test("no two steps have one name", () => {
    expect(real.size).toBe(steps.length);
  });
});

/** Takes a second: the server must begin to serve them. */
async function defineWidgets(server: Server): Promise<void> {
  const { call, close } = openServer(server);
  const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  await call({ method: "POST", path, body: widgetDefinition });
  while ((await call({ method: "GET", path: "/apis/example.com/v1/widgets" })).status !== 200)
    await new Promise((resolve) => setTimeout(resolve, 100));
  close();
}

/** The server forgets what is older than a few seconds; usually it takes minutes. */
const forgetful = { "etcd-compaction-interval": "2s" };

/** Writes now and then, for only what has a later version is forgotten, until the real server does not know the list any more. */
async function untilForgotten(send: (call: Call) => Promise<Answer>, list: Call): Promise<void> {
  const path = "/api/v1/namespaces/default/configmaps/clock";
  await send({ method: "POST", path: path.replace(/\/clock$/, ""), body: { metadata: { name: "clock" } } });
  for (let second = 0; second < 60 && (await send(list)).status !== 410; second += 1) {
    await send(patch("merge", path, { data: { second: String(second) } }));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

/** What our client saw of a list page by page, and whether its pages were of a later moment than the first. */
interface Walk {
  readonly seen: readonly string[];
  readonly later: readonly boolean[];
}

/** Walks along the Secrets of the script, and lets the server forget them behind the first page. */
async function walk({ url, ca }: Server, forget: typeof untilForgotten): Promise<Walk> {
  const { call, close } = openServer({ url, ca });
  const authority = Buffer.from(ca).toString("base64");
  const cluster = { server: url, "certificate-authority-data": authority };
  const kubeconfigText = JSON.stringify({ clusters: [{ name: "c", cluster }] });
  const client = connectGarden({ kubeconfigText, flags: { cluster: "c", token: "admin" }, env: {} });
  const seen: string[] = [];
  const later = new Set<boolean>();
  try {
    for await (const page of client.pages({ resource: resources.secrets, namespace, pageSize: 1 })) {
      if (seen.length === 0) {
        const { body } = await call({ method: "GET", path: `${secrets}?limit=1` });
        const token = textAt(body.at(-1), ["metadata", "continue"]);
        await forget(call, { method: "GET", path: `${secrets}?limit=1&continue=${encodeURIComponent(token)}` });
      }
      seen.push(...page.items.map((it) => it.metadata.name));
      later.add(page.later);
    }
  } finally {
    client.close();
    close();
  }
  return { seen, later: [...later] };
}

/** Plays the script and gives each answer without what differs from server to server. */
async function play(server: Server, forget: typeof untilForgotten): Promise<ReadonlyMap<string, object>> {
  const { call, close } = openServer(server);
  const bodies = new Map<string, unknown>();
  const answers = new Map<string, object>();
  const memory: Memory = { text: (name, ...path) => textAt(bodies.get(name), path) };
  for (const step of steps) {
    const asked = step.call(memory);
    if (step.forgotten === true) await forget(call, asked);
    const answer = await call(asked);
    bodies.set(step.name, answer.body.at(-1));
    answers.set(step.name, toNormal(answer));
  }
  close();
  return answers;
}

function textAt(value: unknown, [name, ...rest]: readonly string[]): string {
  if (name === undefined) return String(value);
  const fields = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return textAt(fields.find(([it]) => it === name)?.[1], rest);
}
