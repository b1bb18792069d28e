import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { challenge, registry, withPassword } from "../runtime/image.ts";
import { type Stage, serve } from "../runtime/servers.ts";
import { secret, shoot } from "./manifests.ts";
import { type Run, scratch } from "./plugin.ts";
import { runAsync } from "./run-async.ts";

/** Stands in every password, and must stand in no output. */
const planted = "PLANTED-PASSWORD";
const stage: Stage = { closers: [] };
let url = "";

beforeAll(async () => {
  url = `http://127.0.0.1:${await serve(stage, registry(withPassword("robot", planted), challenge('Basic realm="x"')))}`;
});

afterAll(() => {
  for (const close of stage.closers) close();
});

const old = secret().replace("type: Opaque", "type: Opaque\nimmutable: true");
const next = old.replace("name: quay-v1", "name: quay-v2");
const pulling = (name: string, remote = url): string => shoot({ name }).replace("https://quay.io", remote);

function place(more: { readonly [path: string]: string } = {}): string {
  return scratch({ "quay-v1.yaml": old, "a.yaml": pulling("a"), "b.yaml": pulling("b"), ...more });
}

async function rotate(cwd: string, args: readonly string[], input = planted): Promise<Run> {
  const result = await runAsync(["rotate", ...args, "-f", ".", "quay-v1", "--yes"], { cwd, input });
  expect(`${result.stdout}${result.stderr}`).not.toContain("PLANTED");
  return result;
}

const given = ["--username", "robot", "--password-stdin"];

test("a credential that every upstream takes is written", async () => {
  const cwd = place();
  expect(await rotate(cwd, given)).toMatchObject({ code: 0, stderr: "" });
  expect(readFileSync(join(cwd, "quay-v2.yaml"), "utf8")).toContain(`password: "${planted}"\n`);
});

test("a credential that an upstream refuses is not written, and a machine is told which", async () => {
  const cwd = place({ "c.yaml": pulling("c", "http://127.0.0.1:9") });
  const { code, stdout, stderr } = await rotate(cwd, [...given, "-o", "json"], "PLANTED-WRONG");
  expect([code, stderr.split("\n").filter((it) => it.startsWith("error: "))]).toEqual([
    1,
    [
      'error: upstream "quay.io" does not take the credential as the cache sends it, nothing was written; --skip-probe goes on untried',
      'error: upstream "quay.io" cannot be reached from here, nothing was written; --skip-probe goes on untried',
    ],
  ]);
  expect(JSON.parse(stdout)).toMatchObject({
    written: false,
    probes: [
      { upstream: "quay.io", remoteURL: url, verdict: "cannot-pull" },
      { upstream: "quay.io", remoteURL: "http://127.0.0.1:9", verdict: "unreachable" },
    ],
  });
  expect(existsSync(join(cwd, "quay-v2.yaml"))).toBe(false);
});

test("an upstream that cannot be reached stops the rotation, and --skip-probe does not ask it", async () => {
  const cwd = scratch({ "quay-v1.yaml": old, "a.yaml": pulling("a", "http://127.0.0.1:9") });
  expect((await rotate(cwd, given)).code).toBe(3);
  expect(existsSync(join(cwd, "quay-v2.yaml"))).toBe(false);
  expect(await rotate(cwd, [...given, "--skip-probe"])).toMatchObject({ code: 0, stderr: "" });
  expect(existsSync(join(cwd, "quay-v2.yaml"))).toBe(true);
});

test("what is only shown is not tried", async () => {
  expect((await rotate(place({ "c.yaml": pulling("c", "http://127.0.0.1:9") }), [...given, "--dry-run"])).code).toBe(0);
});

test("a rotation that goes on tries the credential that is in the manifest", async () => {
  const cwd = place({ "quay-v2.yaml": next });
  expect((await rotate(cwd, ["resume"])).code).toBe(1);
  expect((await rotate(cwd, ["resume", "--skip-probe"])).code).toBe(0);
});

test("a login of Docker is taken for the upstream of the Secret", async () => {
  const auth = Buffer.from(`robot:${planted}`).toString("base64");
  const cwd = place({ "config.json": JSON.stringify({ auths: { "quay.io": { auth } } }) });
  expect(await rotate(cwd, ["--from-docker-config", "config.json"])).toMatchObject({ code: 0, stderr: "" });
  expect(readFileSync(join(cwd, "quay-v2.yaml"), "utf8")).toContain(`password: "${planted}"\n`);
});
