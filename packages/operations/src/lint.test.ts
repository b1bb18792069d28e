import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeScratch } from "@registry-cache/testkit";
import { expect, onTestFinished, test } from "vitest";
import type { Change } from "./fix.ts";
import { type LintRequest, lint } from "./lint.ts";

interface ShootOptions {
  readonly namespace?: string;
  readonly remote?: string;
  readonly size?: string;
  readonly reference?: string;
  readonly target?: string;
}

function shoot(name: string, options: ShootOptions = {}): string {
  const {
    namespace = "garden-a",
    remote = "remoteURL",
    size = "20Gi",
    reference = "entry",
    target = `${name}-v1`,
  } = options;
  return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
      - upstream: quay.io
        ${remote}: https://quay.io
        secretReferenceName: ${reference}
        volume: { size: ${size} }
  resources:
  - name: entry
    resourceRef: { apiVersion: v1, kind: Secret, name: ${target} }
`;
}

/** An option that --fix mends. */
const typo = { remote: "remoteUrl" };

function secret(name: string, namespace = "garden-a"): string {
  return `apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: ${namespace} }
type: Opaque
stringData: { username: robot, password: invented }
`;
}

function scratch(files: { readonly [path: string]: string | Uint8Array }): string {
  const root = makeScratch(files);
  onTestFinished(() => rmSync(root, { recursive: true }));
  return root;
}

/** Runs lint on a directory. Findings are `file: code`, problems `file: message`, changes `file`. */
async function run(root: string, request: Partial<LintRequest> = {}) {
  const changes: Change[] = [];
  const onChange = (change: Change): number => changes.push(change);
  const outcome = await lint({ names: [root], recursive: true, fix: "no", ...request }, { onChange });
  const short = (uri: string): string => uri.replace(`${root}/`, "");
  const findings = [...outcome.findings].flatMap(([uri, of]) => of.map((it) => `${short(uri)}: ${it.code}`));
  const problems = outcome.problems.map((it) => `${short(it.file)}: ${it.message}`);
  return { findings, problems, changes: changes.map((it) => short(it.uri)), counts: outcome.counts, outcome };
}

test("judges references and Secrets of different files against each other, in the order of the files", async () => {
  const root = scratch({
    "z/secret.yaml": secret("b-v1"),
    "b.yaml": shoot("b"),
    "a.yaml": shoot("a", { reference: "x" }),
  });
  const { findings, counts } = await run(root);
  expect(findings).toEqual(["a.yaml: RC201", "z/secret.yaml: RC208"]);
  expect(counts).toEqual({ errors: 2, warnings: 0, infos: 0, files: 3, filesWithFindings: 2, fixable: 1, fixed: 0 });
});

test("plans fixes without writing, and tells of the findings as they are", async () => {
  const root = scratch({ "a.yaml": shoot("a", typo), "s.yaml": secret("a-v1") });
  const { findings, changes, counts } = await run(root, { fix: "plan" });
  expect([findings.includes("a.yaml: RC010"), changes, counts.fixed]).toEqual([true, ["a.yaml", "s.yaml"], 0]);
  expect(readFileSync(join(root, "a.yaml"), "utf8")).toBe(shoot("a", typo));
});

test("writes fixes and tells of what is left; a second run changes nothing", async () => {
  const root = scratch({
    "a.yaml": shoot("a", typo),
    "s.yaml": secret("a-v1"),
    "c.yaml": shoot("c", { reference: "x" }),
  });
  const first = await run(root, { fix: "write" });
  expect(first.changes).toEqual(["a.yaml", "s.yaml"]);
  expect(first.findings.filter((it) => !it.startsWith("c.yaml"))).toEqual([]);
  expect(readFileSync(join(root, "a.yaml"), "utf8")).toBe(shoot("a"));
  expect(readFileSync(join(root, "s.yaml"), "utf8")).toContain("immutable: true");
  const times = readdirSync(root).map((it) => statSync(join(root, it)).mtimeMs);
  const second = await run(root, { fix: "write" });
  expect([second.changes, second.counts.fixed, second.findings]).toEqual([[], 0, first.findings]);
  expect(readdirSync(root).map((it) => statSync(join(root, it)).mtimeMs)).toEqual(times);
});

test("does not change a file that changed while the others were read, and says what is wrong with it now", async () => {
  const root = scratch({ "a.yaml": shoot("a", typo), "b.yaml": shoot("b", typo) });
  const changed = `# by hand\n${shoot("a", typo)}`;
  const outcome = await lint(
    { names: [root], recursive: true, fix: "write" },
    { onProgress: (done) => done === 1 && writeFileSync(join(root, "a.yaml"), changed) },
  );
  expect(outcome.problems).toEqual([
    { file: join(root, "a.yaml"), message: "changed while it was checked, run again" },
  ]);
  expect(readFileSync(join(root, "a.yaml"), "utf8")).toBe(changed);
  expect(readFileSync(join(root, "b.yaml"), "utf8")).toBe(shoot("b"));
});

test("checks what is not UTF-8 but leaves its fixes out, since they would change the bytes", async () => {
  const bytes = Buffer.concat([Buffer.from(shoot("a", typo)), Buffer.from([0x23, 0xff, 0x0a])]);
  const root = scratch({ "a.yaml": bytes });
  const { findings, problems, changes } = await run(root, { fix: "write" });
  expect(findings).toContain("a.yaml: RC006");
  expect([problems, changes]).toEqual([["a.yaml: is not all UTF-8, its fixes were left out"], []]);
  expect(readFileSync(join(root, "a.yaml"))).toEqual(bytes);
});

test("skips other manifests of a directory, even broken ones, but not a broken file that is named", async () => {
  const root = scratch({ "a.yaml": "kind: Deployment\nspec: [\n", "b.yaml": shoot("b") });
  expect(await run(root)).toMatchObject({ findings: [], counts: { files: 2 } });
  expect((await run(root, { names: [join(root, "a.yaml")] })).findings).toEqual(["a.yaml: RC001"]);
});

const rc123 = (findings: readonly string[]): string[] => findings.filter((it) => it.endsWith("RC123"));

test("checks an update against the same Shoot, wherever its file was", async () => {
  const before = scratch({ "old/name.yaml": shoot("a"), "b.yaml": shoot("b", { size: "10Gi" }) });
  const root = scratch({
    "a.yaml": shoot("a", { size: "10Gi" }),
    "b.yaml": shoot("b", { size: "10Gi" }),
    "c.yaml": shoot("c"),
  });
  expect(rc123((await run(root, { against: before })).findings)).toEqual(["a.yaml: RC123"]);
});

test("takes for the version before the one in the same namespace, of several the one in the same file", async () => {
  const small = { size: "10Gi" };
  const before = scratch({
    "other.yaml": shoot("a", { namespace: "garden-b" }),
    "x/a.yaml": shoot("same", small),
    "y/a.yaml": shoot("same"),
  });
  const root = scratch({
    "a.yaml": shoot("a", small),
    "x/a.yaml": shoot("same", small),
    "y/a.yaml": shoot("same", small),
  });
  expect(rc123((await run(root, { against: before })).findings)).toEqual(["y/a.yaml: RC123"]);
});

test("takes a Shoot without a namespace for the version before in any", async () => {
  const before = scratch({ "a.yaml": shoot("a").replace(", namespace: garden-a", "") });
  const root = scratch({ "a.yaml": shoot("a", { size: "10Gi" }) });
  expect(rc123((await run(root, { against: before })).findings)).toEqual(["a.yaml: RC123"]);
});

test("checks an update against a Git revision, and warns of credentials that Git tracks", async () => {
  const root = scratch({ "a.yaml": shoot("a"), "s.yaml": secret("a-v1") });
  const git = (...args: readonly string[]): Buffer =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: root });
  git("init", "--quiet");
  git("add", "a.yaml");
  git("commit", "--quiet", "--message", "t");
  writeFileSync(join(root, "a.yaml"), shoot("a", { size: "10Gi" }));
  const tracked = (findings: readonly string[]): boolean => findings.includes("s.yaml: RC219");
  const before = await run(root, { against: "git:HEAD" });
  expect([rc123(before.findings), tracked(before.findings)]).toEqual([["a.yaml: RC123"], false]);
  git("add", "s.yaml");
  expect(tracked((await run(root)).findings)).toBe(true);
});

test("goes on without the versions before when they cannot be read", async () => {
  const root = scratch({ "a.yaml": shoot("a", { reference: "x" }) });
  const { findings, problems } = await run(root, { against: `${root}/gone` });
  expect([findings, problems]).toEqual([["a.yaml: RC201"], ["gone: no such file or directory"]]);
});
