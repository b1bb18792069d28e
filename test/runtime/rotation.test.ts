import { rmSync } from "node:fs";
import { join } from "node:path";
import { readLiveShoot } from "@registry-cache/core";
import { connectGarden, resources } from "@registry-cache/garden";
import { kubeconfigFor, makeScratch } from "@registry-cache/testkit";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { findGoProgram } from "../tools/go-program.ts";
import { findContainerd } from "./containerd.ts";
import { distribution, findDebianRegistry, findOpenssl } from "./find-programs.ts";
import type { PullCount } from "./pull-loop.ts";
import { type Account, accounts, basicOf } from "./rotating-upstream.ts";
import { type RotationScene, type SceneOptions, secretOf, startRotationScene } from "./rotation-scene.ts";

const program = findGoProgram(distribution);
const requirements = [program, findDebianRegistry(), findOpenssl(), findContainerd()];
const skipped = requirements.filter((it) => lacks(it, "a rotation while containerd pulls")).length > 0;

/** The same user with another password, as far as a token server knows both. */
const samePerson = { ...accounts.new, username: accounts.old.username };

interface Situation extends Pick<SceneOptions, "auth" | "highAvailability" | "pullSecret" | "attempts"> {
  readonly name: string;
  readonly next: Account;
}

const situations: readonly Situation[] = [
  {
    name: "two replicas, pods without a pull secret, Bearer with two passwords of one user",
    auth: "bearer",
    highAvailability: true,
    next: samePerson,
  },
  {
    name: "one replica, pods with a pull secret of their own, Basic with two users",
    auth: "basic",
    highAvailability: false,
    pullSecret: accounts.pod,
    next: accounts.new,
  },
  {
    name: "one replica, pods without a pull secret that are tried again, Basic with two users",
    auth: "basic",
    highAvailability: false,
    attempts: 20,
    next: accounts.new,
  },
];

describe.skipIf(skipped)("a rotation while containerd pulls through a real cache", () => {
  const folder = makeScratch();
  let scene: RotationScene;
  let count = 0;
  afterEach(() => scene.close());
  afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);

  function start(options: Omit<SceneOptions, "program" | "folder" | "old">): Promise<RotationScene> {
    count += 1;
    return startRotationScene({
      ...options,
      program: program.path,
      folder: join(folder, String(count)),
      old: accounts.old,
    });
  }

  async function letsIn(account: Account): Promise<boolean> {
    const headers = { authorization: basicOf(account) };
    const bearer = await fetch(`${scene.upstream.url}/token?scope=repository:team/app:pull`, { headers });
    const basic = await fetch(`${scene.upstream.url}/v2/`, { headers });
    return bearer.status === 200 ? basic.status === 401 || basic.status === 200 : basic.status === 200;
  }

  test.each(situations)(
    "$name: no pull fails, nor when the old credential is revoked",
    { timeout: 180_000 },
    async (it) => {
      scene = await start(it);
      const { upstream, pulling, cluster } = scene;
      const others = it.pullSecret ? [it.pullSecret] : [];
      const before = await pulling.next();
      await pulling.more(8);
      const during = await pulling.next(() => upstream.allow(accounts.old, it.next, ...others));
      const args = [
        "registry-v1",
        "-n",
        "garden-dev",
        "--username",
        it.next.username,
        "--password-stdin",
        "--yes",
        "--delete-old",
        "--verify=admin",
      ];
      const rotated = await scene.rotate(args, it.next.password);
      await cluster.settle();
      await pulling.more(4);
      const revoked = await pulling.next(() => upstream.allow(it.next, ...others));
      await pulling.more(12);
      await pulling.stop();
      const phases = { before, during, revoked };
      show(it.name, phases, upstream.asked);
      const failed = Object.values(phases).flatMap((phase) => phase.failed);
      expect({ code: rotated.code, stderr: rotated.stderr, failed }).toEqual({ code: 0, stderr: "", failed: [] });
      expect([await letsIn(accounts.old), await letsIn(it.next)]).toEqual([false, true]);
      expect(rotated.stdout).toMatch(/^Upstream registry\.example\.com: (?:takes the new|answers, and does not tell)/);
      expect(rotated.stdout).toContain("the upstream takes the login, as registry-registry-example-com-0");
      // Each image is a new one, so the cache cannot have it; and where two replicas take turns, no node goes past them.
      if (it.highAvailability) expect(upstream.asked.nodes).toBe(0);
      expect(upstream.asked.caches).toBeGreaterThanOrEqual(revoked.pulls);
    },
  );

  test("a wrong credential that nobody tried is found in the cache: the old Secret stays, and the way back ends the failures", {
    timeout: 180_000,
  }, async () => {
    scene = await start({ auth: "basic", highAvailability: true });
    const { upstream, pulling, cluster, garden } = scene;
    const args = [
      "registry-v1",
      "-n",
      "garden-dev",
      "--username",
      "cache-old",
      "--password-stdin",
      "--yes",
      "--delete-old",
    ];
    const wrong = await scene.rotate([...args, "--skip-probe", "--verify=admin"], "invented-wrong-word");
    expect([wrong.code, wrong.stdout.includes("deleted")]).toEqual([1, false]);
    expect(wrong.stderr).toMatch(
      /RC513\); pod registry-registry-example-com-\d, .*unauthorized: authentication required/,
    );
    const between = await pulling.next();
    await pulling.more(2);
    const back = await scene.rotate(["rollback", "registry-v1", "-n", "garden-dev", "--yes"]);
    await untilOld();
    await cluster.settle();
    const after = await pulling.next();
    await pulling.more(6);
    await pulling.stop();
    show("a wrong credential, taken back", { between, after }, upstream.asked);
    const { items } = await garden.store.list("secrets");
    expect([back.code, items.map((it) => it.metadata.name), after.failed]).toEqual([0, ["registry-v1"], []]);
    expect(between.failed.length).toBeGreaterThan(0);
  });

  /** The way back is over when the Shoot is switched; its cache follows. */
  async function untilOld(): Promise<void> {
    const { store } = scene.cluster.server;
    const name = async (): Promise<string> =>
      JSON.stringify((await store.list("statefulsets.apps")).items[0]?.["spec"]);
    const before = await name();
    while ((await name()) === before) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  test("revoked before the switch is rolled out, every pull fails until it is", { timeout: 180_000 }, async () => {
    scene = await start({ auth: "bearer", highAvailability: true });
    const { upstream, pulling, cluster } = scene;
    const before = await pulling.next();
    await pulling.more(4);
    const early = await pulling.next(() => upstream.allow(samePerson));
    await pulling.more(6);
    await pulling.next();
    const args = ["registry-v1", "-n", "garden-dev", "--username", samePerson.username, "--password-stdin", "--yes"];
    const { code } = await scene.rotate(args, samePerson.password);
    await cluster.settle();
    const after = await pulling.next();
    await pulling.more(6);
    await pulling.stop();
    show("the wrong order", { before, early, after }, upstream.asked);
    expect(before.failed).toEqual([]);
    expect([code, early.failed.length, after.failed]).toEqual([0, early.pulls, []]);
  });

  test("by hand, a roll-out that waits for its window looks done; what is deleted and revoked then is missed", {
    timeout: 180_000,
  }, async () => {
    scene = await start({ auth: "basic", highAvailability: true, confined: true });
    const { upstream, pulling, garden } = scene;
    upstream.allow(accounts.old, accounts.new);
    const before = await pulling.next();
    await pulling.more(4);
    const shoot = await switchByHand();
    expect(shoot).toEqual({ isObserved: true, state: "Succeeded" });
    await garden.store.remove({ resource: "secrets", namespace: "garden-dev", name: "registry-v1" });
    const between = await pulling.next();
    await pulling.more(4);
    const revoked = await pulling.next(() => upstream.allow(accounts.new));
    await pulling.more(6);
    await pulling.stop();
    show("by hand while roll-outs are confined", { before, between, revoked }, upstream.asked);
    expect([before.failed, between.failed, revoked.failed.length]).toEqual([[], [], revoked.pulls]);
  });

  /** What a person does with kubectl, and what the Shoot's status says then. */
  async function switchByHand(): Promise<object> {
    const { store } = scene.garden;
    store.put("secrets", secretOf("registry-v2", accounts.new));
    const client = connectGarden({ kubeconfigText: kubeconfigFor(scene.garden, { namespace: "garden-dev" }), env: {} });
    const ref = { resource: resources.shoots, namespace: "garden-dev", name: "one" };
    await client.patch(ref, [{ op: "replace", path: "/spec/resources/0/resourceRef/name", value: "registry-v2" }]);
    const shoot = await client.get(ref);
    client.close();
    const { generation, observedGeneration, lastOperation } = readLiveShoot(shoot).rollOut;
    return { isObserved: observedGeneration === generation, state: lastOperation?.state };
  }
});

function show(
  name: string,
  phases: { readonly [name: string]: PullCount },
  asked: { caches: number; nodes: number },
): void {
  const parts = Object.entries(phases).map(([phase, { pulls, again, failed }]) => {
    return `${phase}: ${pulls} pulls, ${failed.length} failed${again > 0 ? `, ${again} attempts made again` : ""}`;
  });
  process.stdout.write(
    `${name}: ${parts.join("; ")}; manifests asked for by caches ${asked.caches}, by nodes ${asked.nodes}\n`,
  );
}
