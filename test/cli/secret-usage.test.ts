import { describe, expect, test } from "vitest";
import { liveSecret, liveShoot, startGarden } from "./garden.ts";

const shoots = "shoots.core.gardener.cloud";
const core = "core.gardener.cloud/v1beta1";

const binding = (namespace: string, secret: string): object => {
  const metadata = { name: "b", namespace, uid: "uid-b" };
  return { apiVersion: core, kind: "SecretBinding", metadata, secretRef: { name: secret, namespace: "garden-dev" } };
};

const objects = {
  [shoots]: [
    liveShoot({ name: "a" }),
    liveShoot({ name: "b", secret: "quay-v3", status: { observedGeneration: 2 } }),
    liveShoot({
      name: "c",
      spec: {
        resources: [],
        dns: { providers: [{ credentialsRef: { apiVersion: "v1", kind: "Secret", name: "dns" } }] },
      },
    }),
    liveShoot({ name: "far", namespace: "garden-far", secret: "free" }),
  ],
  "secretbindings.core.gardener.cloud": [binding("garden-far", "cloud")],
  secrets: [
    ...["quay-v1", "quay-v2", "quay-v3", "dns", "cloud", "free"].map((it) => liveSecret(it)),
    liveSecret("dying", { metadata: { deletionTimestamp: "2030-01-01T00:00:00Z", finalizers: ["x"] } }),
    liveSecret("held", { metadata: { finalizers: ["gardener.cloud/credentialsbinding"] } }),
    liveSecret("made", { metadata: { ownerReferences: [{ apiVersion: core, kind: "Shoot", name: "a", uid: "u" }] } }),
  ],
};

const verdicts = 'jsonpath={range .items[*]}{.name} {.verdict}{"\\n"}{end}';

test("every Secret of the project has its verdict, whoever names it", async () => {
  const garden = await startGarden(objects);
  const { code, stdout, stderr } = await garden.run(["usage", "-o", verdicts]);
  expect([code, stderr, stdout.split("\n")]).toEqual([
    0,
    "",
    [
      "cloud in-use",
      "dns in-use",
      "dying terminating",
      "free safe-to-delete",
      "held unknown",
      "made unknown",
      "quay-v1 in-use",
      "quay-v2 rolling-out",
      "quay-v3 in-use",
      "",
    ],
  ]);
  const table = await garden.run(["usage", "quay-v2", "cloud", "free", "-o", "wide"]);
  const lines = table.stdout.split("\n").map((it) => it.replaceAll(/\b\d+y\d+d\b/g, "AGE").split(/ {3,}/));
  expect([table.code, lines]).toEqual([
    1,
    [
      ["SECRET", "VERDICT", "USES", "AGE", "WHY"],
      ["quay-v2", "rolling-out", "0", "AGE", "Shoot b uses quay-v3 now, its reconcile has not started"],
      ["cloud", "in-use", "1", "AGE", "SecretBinding garden-far/b names it in secretRef.name"],
      ["free", "safe-to-delete", "0", "AGE", "nothing names it"],
      [""],
    ],
  ]);
});

test("the exit code lets a script delete what is safe, and nothing else", async () => {
  const garden = await startGarden(objects);
  const codes = await Promise.all(
    ["free", "quay-v1", "held", "dying"].map((it) => garden.run(["usage", it, "-o", "name"])),
  );
  expect(codes.map((it) => [it.stdout, it.code])).toEqual([
    ["secret/free\n", 0],
    ["secret/quay-v1\n", 1],
    ["secret/held\n", 1],
    ["secret/dying\n", 1],
  ]);
});

test("-o json is a proof: what was read, of which moment, and what names the Secret", async () => {
  const garden = await startGarden(objects);
  const proof = JSON.parse((await garden.run(["usage", "quay-v1", "-o", "json"])).stdout);
  const object = (kind: string, name: string): object => {
    return { kind, namespace: "garden-dev", name, uid: `uid-${name}`, resourceVersion: expect.stringMatching(/^\d+$/) };
  };
  const why = "Shoot a names it in spec.resources[0].resourceRef.name for cache quay.io";
  const use = {
    kind: "resource",
    field: "spec.resources[0].resourceRef.name",
    users: ["cache quay.io"],
    deleting: false,
  };
  const list = (resource: string, items: number, where: object): object => {
    return { resource, ...where, items, resourceVersion: expect.stringMatching(/^\d+$/) };
  };
  expect(proof).toEqual({
    kind: "List",
    items: [
      {
        namespace: "garden-dev",
        name: "quay-v1",
        created: "2024-01-01T00:00:00Z",
        secret: {
          state: "present",
          object: object("Secret", "quay-v1"),
          terminating: false,
          finalizers: [],
          owners: [],
        },
        uses: [{ by: object("Shoot", "a"), ...use }],
        pending: [{ by: object("Shoot", "b"), secret: "quay-v3", why: "not-started" }],
        unread: [],
        verdict: "in-use",
        why: [why],
      },
    ],
    read: [
      list("shoots", 3, { namespace: "garden-dev" }),
      list("secretbindings", 1, {}),
      list("credentialsbindings", 0, {}),
    ],
    cannotSee: [],
  });
});

describe("where rights end nothing is called safe", () => {
  const grant = (subject: string, resources: readonly string[]) => {
    return { subjects: [subject], verbs: ["get", "list"], resources, namespaces: ["garden-dev"] };
  };
  const bindings = ["secretbindings", "credentialsbindings"];
  const grants = [
    grant("viewer", ["shoots", ...bindings]),
    grant("member", ["shoots", "secrets", ...bindings]),
    grant("narrow", ["shoots", "secrets"]),
    grant("blind", ["secrets"]),
  ];
  const as = async (token: string, ...args: readonly string[]): Promise<unknown> => {
    const garden = await startGarden(objects, { users: ["viewer", "member", "narrow", "blind"], grants });
    const { code, stdout, stderr } = await garden.run(["usage", ...args, "-o", verdicts], { token });
    return [code, stdout, stderr];
  };

  test("a member of the project is told, since a binding elsewhere leaves its mark on the Secret", async () => {
    expect(await as("member", "free", "held")).toEqual([1, "free safe-to-delete\nheld unknown\n", ""]);
  });

  test("the bindings of all one's projects are looked through, not only of the one that is asked about", async () => {
    const member = { subjects: ["member"], verbs: ["get", "list"] };
    const projects = ["dev", "far"].map((name) => {
      return { apiVersion: core, kind: "Project", metadata: { name }, spec: { namespace: `garden-${name}` } };
    });
    const named = [
      { ...member, groups: ["core.gardener.cloud"], resources: ["projects"], names: ["dev", "far", "gone"] },
    ];
    const elsewhere = [{ ...member, resources: bindings, namespaces: ["garden-far"] }];
    const garden = await startGarden(
      { ...objects, "projects.core.gardener.cloud": projects },
      { users: ["member"], grants: [...grants, ...named, ...elsewhere] },
    );
    const { code, stdout, stderr } = await garden.run(["usage", "cloud", "free", "-o", verdicts], { token: "member" });
    expect([code, stdout, stderr]).toEqual([1, "cloud in-use\nfree safe-to-delete\n", ""]);
    const proof = JSON.parse((await garden.run(["usage", "cloud", "-o", "json"], { token: "member" })).stdout);
    expect(proof.read.map((it: Record<string, unknown>) => `${it["resource"]} ${it["namespace"]}`)).toEqual([
      "shoots garden-dev",
      ...bindings.flatMap((it) => [`${it} garden-dev`, `${it} garden-far`]),
    ]);
  });

  test("a viewer sees what names Secrets", async () => {
    expect(await as("viewer", "quay-v1", "free")).toEqual([1, "quay-v1 in-use\nfree unknown\n", ""]);
    expect(await as("viewer")).toEqual([
      0,
      "quay-v1 in-use\nquay-v3 in-use\ndns in-use\n",
      "note: cannot see secrets in namespace garden-dev: forbidden\n",
    ]);
  });

  test("bindings that may not be read leave it open", async () => {
    expect(await as("narrow", "free", "quay-v1")).toEqual([
      1,
      "free unknown\nquay-v1 in-use\n",
      "note: cannot see secretbindings in namespace garden-dev: forbidden\n" +
        "note: cannot see credentialsbindings in namespace garden-dev: forbidden\n",
    ]);
  });

  test("without the Shoots there is no answer at all", async () => {
    expect(await as("blind", "free")).toEqual([
      3,
      "",
      expect.stringMatching(/^Error from server \(Forbidden\): shoots\.core\.gardener\.cloud is forbidden: [^\n]*\n$/),
    ]);
  });
});

test("a list that breaks off is no proof", async () => {
  const garden = await startGarden(objects);
  garden.server.faults.add({ path: /secretbindings/, times: 99, effect: { cutAfter: 60 } });
  const { code, stdout } = await garden.run(["usage", "free"]);
  expect([code, stdout]).toEqual([3, ""]);
});

test("in namespace garden templates count, and Seeds may name what nobody here looks for", async () => {
  const template = {
    spec: { resources: [{ name: "q", resourceRef: { apiVersion: "v1", kind: "Secret", name: "seeded" } }] },
  };
  const set = {
    apiVersion: "seedmanagement.gardener.cloud/v1alpha1",
    kind: "ManagedSeedSet",
    metadata: { name: "m", namespace: "garden", uid: "u" },
    spec: { shootTemplate: template },
  };
  const garden = await startGarden({
    "managedseedsets.seedmanagement.gardener.cloud": [set],
    secrets: [liveSecret("seeded", { namespace: "garden" }), liveSecret("other", { namespace: "garden" })],
  });
  const { stdout } = await garden.run(["usage", "-o", verdicts, "-n", "garden"]);
  expect(stdout).toBe("other unknown\nseeded in-use\n");
});
