import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { kubeconfigFor } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { liveSecret, liveShoot, startGarden, type TestGarden } from "./garden.ts";
import { run, scratch } from "./plugin.ts";

const shoots = "shoots.core.gardener.cloud";

function start(): Promise<TestGarden> {
  return startGarden({ [shoots]: [liveShoot()], secrets: [liveSecret()] });
}

/** Runs `status` with a kubeconfig of its own, whose user has these fields. */
function asUser({ server, start: begin }: TestGarden, user: object, ...args: readonly string[]) {
  const config = join(scratch({}), "config");
  writeFileSync(config, kubeconfigFor(server, { user, namespace: "garden-dev" }));
  return begin(["status", "-o", "name", ...args], { kubeconfig: false, env: { KUBECONFIG: config } });
}

const found = { code: 0, stdout: "shoot.core.gardener.cloud/crazy-botany\n", stderr: "" };

test("a client certificate by flags logs in, and half of one is refused", async () => {
  const garden = await start();
  const { certificate, key } = garden.server.authority.issue({ commonName: "a", organizations: ["system:masters"] });
  const root = scratch({ "tls.crt": certificate, "tls.key": key });
  const flags = ["--client-certificate", join(root, "tls.crt"), "--client-key", join(root, "tls.key")];
  expect(await asUser(garden, {}, ...flags).done).toEqual(found);
  expect(await asUser(garden, {}, ...flags.slice(0, 2)).done).toEqual({
    code: 3,
    stdout: "",
    stderr: 'error: user "test" has a client certificate without a key\n',
  });
});

test("a user is impersonated with groups, a uid and extra fields", async () => {
  const garden = await start();
  const who = ["--as", "alice", "--as-group", "system:masters", "--as-group", "g", "--as-uid", "7"];
  const extra = ["--as-user-extra", "example.org/why=a=b", "--as-user-extra", "example.org/why=c"];
  expect(await garden.run(["status", "-o", "name", ...who, ...extra])).toEqual(found);
  const sent = Object.entries(garden.server.requests[0]?.headers ?? {}).filter(([it]) => it.startsWith("impersonate"));
  expect(Object.fromEntries(sent)).toEqual({
    "impersonate-user": "alice",
    "impersonate-group": "system:masters, g",
    "impersonate-uid": "7",
    "impersonate-extra-example.org%2fwhy": "a=b, c",
  });
  expect(run(["status", ...who, "--as-user-extra", "why"])).toEqual({
    code: 2,
    stdout: "",
    stderr: 'error: --as-user-extra takes KEY=VALUE, not "why"\n',
  });
});
