import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeScratch } from "@registry-cache/testkit";
import { expect, onTestFinished, test } from "vitest";
import { isGardenError } from "../garden-error.ts";
import { readGardenctlTarget } from "./gardenctl-target.ts";

const uuid = "0f1e2d3c-aaaa-bbbb-cccc-0123456789ab";
const target = "garden: dev\nproject: core\nshoot: crazy-botany\n";
const config =
  "gardens:\n- identity: prod\n  kubeconfig: /p\n- identity: dev\n  kubeconfig: ~/dev.yaml\n  context: ops\n";

/** A machine with a session; the environment that its shell has. */
function machine(files: { readonly [path: string]: string }): {
  readonly root: string;
  readonly env: { readonly [name: string]: string };
} {
  const root = makeScratch(files);
  onTestFinished(() => rmSync(root, { recursive: true }));
  return { root, env: { TMPDIR: join(root, "tmp"), HOME: join(root, "home") } };
}

test("the target of a session, and how gardenctl reaches its garden", () => {
  const { root, env } = machine({ "tmp/garden/s-1/target.yaml": target, "home/.garden/gardenctl-v2.yaml": config });
  expect(readGardenctlTarget({ ...env, GCTL_SESSION_ID: "s-1" })).toEqual({
    garden: "dev",
    project: "core",
    shoot: "crazy-botany",
    kubeconfig: join(root, "home", "dev.yaml"),
    context: "ops",
  });
});

test("a terminal's own session is found by its UUID, and the configuration where the environment says", () => {
  const named = config.replaceAll("identity", "name");
  const { root, env } = machine({ [`tmp/garden/${uuid}/target.yaml`]: "garden: prod\n", "other/ctl.yaml": named });
  const more = {
    TERM_SESSION_ID: `w0t1p2:${uuid.toUpperCase()}`,
    GCTL_HOME: join(root, "other"),
    GCTL_CONFIG_NAME: "ctl",
  };
  expect(readGardenctlTarget({ ...env, ...more })).toEqual({ garden: "prod", kubeconfig: "/p" });
});

test("no session, no target and no garden are no target; a garden that the configuration lacks is one", () => {
  const { env } = machine({
    "tmp/garden/empty/target.yaml": "{}\n",
    "tmp/garden/s/target.yaml": "garden: gone\n",
    "tmp/garden/../target.yaml": target,
  });
  const sessions = [undefined, "none", "empty", "..", ""].map((it) =>
    it === undefined ? {} : { GCTL_SESSION_ID: it },
  );
  expect(sessions.map((it) => readGardenctlTarget({ ...env, ...it }))).toEqual(sessions.map(() => undefined));
  expect(readGardenctlTarget({ ...env, GCTL_SESSION_ID: "s" })).toEqual({ garden: "gone" });
});

test("a file that is not YAML is told in one line", () => {
  const { root, env } = machine({ "tmp/garden/s/target.yaml": "garden: [\n" });
  let caught: unknown;
  try {
    readGardenctlTarget({ ...env, GCTL_SESSION_ID: "s" });
  } catch (error) {
    caught = error;
  }
  const path = join(root, "tmp/garden/s/target.yaml");
  expect(isGardenError(caught) && [caught.kind, caught.message]).toEqual([
    "config",
    `cannot read gardenctl's file "${path}": it is not YAML`,
  ]);
});
