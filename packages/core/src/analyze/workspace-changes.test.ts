import { describe, expect, test } from "vitest";
import { readManifests } from "../manifest/manifest.ts";
import type { Facts, KnownSecret, Reference } from "../workspace/workspace.ts";
import { conclude } from "./conclude.ts";
import { type FileReport, inspect } from "./inspect.ts";
import { openWorkspace } from "./open-workspace.ts";

function file(uri: string, text: string): FileReport {
  return inspect(readManifests(uri, text));
}

interface Parts {
  readonly secrets: readonly string[];
  readonly rest?: string;
  readonly namespace?: string;
}

/** A Shoot with a cache for each Secret. */
function shoot(name: string, { secrets, rest = "", namespace = "garden-dev" }: Parts): string {
  const caches = secrets.map((_, at) => `{ upstream: r${at}.io, secretReferenceName: s${at} }`);
  const entries = secrets.map(
    (it, at) => `{ name: s${at}, resourceRef: { apiVersion: v1, kind: Secret, name: ${it} } }`,
  );
  return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches: [${caches.join(", ")}]
  resources: [${entries.join(", ")}]
${rest}`;
}

/** A Secret that can still change, which is RC208. */
function mutable(name: string, namespace = "garden-dev"): string {
  return `apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: ${namespace} }
data: { username: ZXhhbXBsZS11c2Vy, password: ZXhhbXBsZS1wYXNzd29yZA== }
`;
}

function nowhere(manifest: string): string {
  return manifest.replace(", namespace: garden-dev", "");
}

const docker = "  provider: { workers: [{ name: w, cri: { name: docker } }] }\n";
const connected: Facts = { cluster: { namespaces: ["garden-dev"], secrets: [] } };

describe("a change names the files whose findings may have changed, and no others", () => {
  const others = ["other", "third"].map((it) => file(it, shoot(it, { secrets: ["unrelated"], namespace: "garden-x" })));
  const a = shoot("a", { secrets: ["quay"] });
  const cases: readonly (readonly [string, readonly FileReport[], FileReport | string, readonly string[]])[] = [
    [
      "a Shoot that moves names its Secret",
      [file("a", a), file("s", mutable("quay"))],
      file("a", `\n${a}`),
      ["a", "s"],
    ],
    ["the same Shoot again names nothing else", [file("a", a), file("s", mutable("quay"))], file("a", a), ["a"]],
    [
      "a Shoot whose webhook ends early names its Secret, which nobody looks at any more",
      [file("a", a), file("s", mutable("quay"))],
      file("a", a + docker),
      ["a", "s"],
    ],
    [
      "a Secret that moves names no Shoot that finds it",
      [file("a", a), file("s", mutable("quay"))],
      file("s", `\n${mutable("quay")}`),
      ["s"],
    ],
    [
      "a Secret that goes names the Shoots that refer to it",
      [file("a", a), file("s", mutable("quay"))],
      "s",
      ["s", "a"],
    ],
    [
      "a Secret of another namespace that moves names the Shoots that are told where it is",
      [file("a", a), file("s", mutable("quay", "garden-b"))],
      file("s", `\n${mutable("quay", "garden-b")}`),
      ["s", "a"],
    ],
    [
      "a Secret that gets a name names the Shoots that may have meant it",
      [file("a", a), file("s", mutable("one")), file("t", mutable("two"))],
      file("t", mutable("quax")),
      ["t", "a"],
    ],
    [
      "a Secret that gets a name which nobody may have meant names no Shoot",
      [file("a", a), file("s", mutable("one")), file("t", mutable("two"))],
      file("t", mutable("three")),
      ["t"],
    ],
    [
      "a kustomization that comes to rename Secrets names the Shoots that look for one",
      [file("a", a), file("s", mutable("quayy")), file("k", "secretGenerator: []\n")],
      file("k", "namePrefix: dev-\n"),
      ["k", "a"],
    ],
    [
      "the first Shoot names the Secrets that nobody uses",
      [file("s", mutable("quay"))],
      file("a", shoot("a", { secrets: [] })),
      ["a", "s"],
    ],
  ];
  test.each(cases)("%s", (title, reports, change, expected) => {
    const workspace = openWorkspace(title.startsWith("the first Shoot") ? reports : [...others, ...reports]);
    expect(typeof change === "string" ? workspace.delete(change) : workspace.set(change)).toEqual(expected);
  });
});

describe("what changes in one file shows in the others", () => {
  test("a Secret lists its users in the order of their files, whenever they came to use it", () => {
    const unused = ["a", "b"].map((it) => file(it, shoot(it, { secrets: [] })));
    const workspace = openWorkspace([...unused, file("s", mutable("quay"))]);
    for (const name of ["b", "a"]) workspace.set(file(name, shoot(name, { secrets: ["quay"] })));
    expect(workspace.findingsOf("s")).toMatchObject([{ code: "RC208", related: [{ uri: "a" }, { uri: "b" }] }]);
  });

  test("a Secret gets its verdict when the last missing neighbour of its Shoot is there", () => {
    const shoots = file("a", shoot("a", { secrets: ["quay", "ghcr"] }));
    const workspace = openWorkspace([shoots, file("s", mutable("quay"))], connected);
    expect(workspace.findingsOf("s").map((it) => it.admission)).toEqual([undefined]);
    expect(workspace.set(file("t", mutable("ghcr")))).toEqual(["t", "a", "s"]);
    const field = "spec.extensions[0].providerConfig.caches[0].secretReferenceName";
    expect(workspace.findingsOf("s").map((it) => it.admission)).toEqual([{ type: "Invalid", field }]);
  });
});

describe("the verdict on a Secret stands at the first reference to it", () => {
  const fieldAt = (at: number): string => `spec.extensions[0].providerConfig.caches[${at}].secretReferenceName`;
  const within = shoot("a", { secrets: ["ghcr", "quay"] });
  const without = nowhere(shoot("b", { secrets: ["quay"] }));
  test.each([
    ["of its namespace", [within, without], fieldAt(1)],
    ["without a namespace", [without, within], fieldAt(0)],
  ])("%s", (_, [first = "", second = ""], field) => {
    const findings = conclude([file("a", first), file("b", second), file("s", mutable("quay"))]).get("s") ?? [];
    expect(findings.map((it) => it.admission)).toEqual([{ type: "Invalid", field }]);
  });
});

describe("many Secrets of one name and many Shoots that use it", () => {
  /** How often references and Secrets are asked for their place while all are judged. */
  function countReads(size: number, texts: (index: number) => readonly [string, string]): number {
    let reads = 0;
    const counted = <T extends Reference | KnownSecret>(it: T): T => {
      const read = (key: "span" | "uri"): unknown => {
        reads += 1;
        return it[key];
      };
      const getters = { span: { get: () => read("span") }, uri: { get: () => read("uri") } };
      return Object.defineProperties({ ...it }, getters);
    };
    const reports = Array.from({ length: size }, (_, index) => {
      const [first, second] = texts(index);
      const report = file(`${index}`, `${first}---\n${second}`);
      const shoots = report.shoots.map((it) => ({ ...it, references: it.references.map(counted) }));
      return { ...report, shoots, secrets: report.secrets.map(counted) };
    });
    conclude(reports);
    return reads;
  }

  test.each<readonly [string, (index: number) => readonly [string, string]]>([
    ["all in one namespace", (it) => [shoot(`${it}`, { secrets: ["quay"] }), mutable("quay")]],
    ["none with a namespace", (it) => [nowhere(shoot(`${it}`, { secrets: ["quay"] })), nowhere(mutable("quay"))]],
    ["each Secret elsewhere", (it) => [shoot(`${it}`, { secrets: ["quay"] }), mutable("quay", `garden-${it}`)]],
    [
      "no reference that a webhook looks at",
      (it) => [shoot(`${it}`, { secrets: ["quay"], rest: docker }), mutable("quay")],
    ],
    [
      "no reference that a webhook looks at, and Secrets of many namespaces",
      (it) => [nowhere(shoot(`${it}`, { secrets: ["quay"], rest: docker })), mutable("quay", `garden-${it}`)],
    ],
  ])("are judged in steps that grow with their number, not with its square: %s", (_, texts) => {
    const ratio = countReads(240, texts) / countReads(120, texts);
    expect(ratio).toBeLessThan(2.2);
  });

  test("a finding lists the first few users and counts the others", () => {
    const shoots = Array.from({ length: 25 }, (_, it) => file(`${it}`, shoot(`shoot-${it}`, { secrets: ["quay"] })));
    const [finding] = conclude([...shoots, file("s", mutable("quay"))]).get("s") ?? [];
    expect(finding?.related.map((it) => it.uri)).toEqual(Array.from({ length: 20 }, (_, it) => `${it}`));
    expect(finding?.unlisted).toBe(5);
  });
});
