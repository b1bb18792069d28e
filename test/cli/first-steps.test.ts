import { join } from "node:path";
import { kubeconfigFor, startApiServer } from "@registry-cache/testkit";
import { expect, onTestFinished, test } from "vitest";
import { startGarden } from "./garden.ts";
import { type Run, run, scratch } from "./plugin.ts";
import { runAsync } from "./run-async.ts";
import { shootWithCaches } from "./runtime-manifests.ts";

/** Every command that asks a cluster, as somebody tries it first. */
function commands(shoot: string): readonly (readonly string[])[] {
  const names = [
    ["doctor", "a"],
    ["top", "a"],
    ["top"],
    ["rotate", "a", "--dry-run"],
    ["inspect", "a"],
    ["undeploy", "--dry-run"],
  ];
  const plain = [["status"], ["usage"], ["graph"], ["lint", "--live"], ["schema", "pull"], ["expiring"]];
  return [...plain, ...names, ["deploy", "-f", shoot, "--dry-run"]];
}

const shoot = (): string => join(scratch({ "shoot.yaml": shootWithCaches() }), "shoot.yaml");

function told({ code, stdout, stderr }: Run): string {
  return `${code}: ${stdout}${stderr}`;
}

test("without a kubeconfig every command says the same line", () => {
  const home = scratch();
  const none = { KUBECONFIG: "", GCTL_SESSION_ID: "", TERM_SESSION_ID: "", HOME: home, TMPDIR: home };
  const said = commands(shoot()).map((args) => told(run(args, { env: none })));
  expect([...new Set(said)]).toEqual([
    "3: error: no kubeconfig was found: name one by --kubeconfig or $KUBECONFIG, or put it to ~/.kube/config\n",
  ]);
});

test("a login that the server does not know is one line of every command, as kubectl has it", async () => {
  const garden = await startGarden({});
  const said: string[] = [];
  for (const args of commands(shoot())) said.push(told(await garden.run(args, { token: "wrong" })));
  expect([...new Set(said)]).toEqual(["3: error: You must be logged in to the server (Unauthorized)\n"]);
});

test.each([
  [["status"], "No Shoots found in namespace garden-dev\n"],
  [["usage", "-n", "other"], "No Secrets found in namespace other\n"],
  [["lint", "--live"], "No Shoots found in namespace garden-dev\n"],
  [["status", "-A"], "No Shoots found in the whole garden\n"],
])("where nothing is, %j says where it looked", async (args, says) => {
  const garden = await startGarden({});
  expect(await garden.run(args)).toMatchObject({ code: 0, stderr: says });
});

test("a Secret that is not there is told with the namespace", async () => {
  const garden = await startGarden({});
  expect(await garden.run(["rotate", "gone", "--dry-run"])).toMatchObject({
    code: 1,
    stderr: 'error: there is no Secret "gone" in namespace garden-dev\nerror: nothing was changed\n',
  });
});

test("the cluster of a Shoot, instead of its garden, is told apart", async () => {
  const server = await startApiServer({ namespaces: ["default"] });
  onTestFinished(() => server.close());
  const config = join(scratch({ config: kubeconfigFor(server) }), "config");
  const { host } = new URL(server.url);
  expect(await runAsync(["status", "--kubeconfig", config])).toEqual({
    code: 3,
    stdout: "",
    stderr: `Error from server (NotFound): the server could not find the requested resource: ${host} has no shoots.core.gardener.cloud; is it the garden, or the cluster of a Shoot?\n`,
  });
});
