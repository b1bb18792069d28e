import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeScratch, startApiServer } from "@registry-cache/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cluster, startCluster } from "../cluster/cluster.ts";
import { findControlPlane } from "../cluster/programs.ts";
import { lacks } from "../requirements.ts";
import { openServer, type Server } from "./call-server.ts";
import { toNormal } from "./normal-answer.ts";
import type { Memory } from "./script.ts";
import { steps } from "./steps.ts";
import { widgetDefinition, widgets } from "./widgets.ts";

const controlPlane = findControlPlane();
const missing = lacks(controlPlane, "testkit's API server beside a real kube-apiserver");

describe.skipIf(missing)("testkit's API server answers as a real kube-apiserver does", () => {
  const folder = makeScratch();
  let cluster: Cluster | undefined;
  let real: ReadonlyMap<string, object> = new Map();
  let ours: ReadonlyMap<string, object> = new Map();
  beforeAll(async () => {
    cluster = await startCluster(controlPlane.kubeApiserver, join(folder, "cluster"));
    const server = await startApiServer({ resources: [widgets] });
    const control = { url: cluster.server, ca: cluster.certificateAuthority };
    await defineWidgets(control);
    real = await play(control);
    ours = await play({ url: server.url, ca: server.authority.certificate });
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

/** Plays the script and gives each answer without what differs from server to server. */
async function play(server: Server): Promise<ReadonlyMap<string, object>> {
  const { call, close } = openServer(server);
  const bodies = new Map<string, unknown>();
  const answers = new Map<string, object>();
  const memory: Memory = { text: (name, ...path) => textAt(bodies.get(name), path) };
  for (const step of steps) {
    const answer = await call(step.call(memory));
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
