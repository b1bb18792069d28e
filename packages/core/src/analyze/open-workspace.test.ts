import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readManifests } from "../manifest/manifest.ts";
import type { Facts } from "../workspace/workspace.ts";
import { conclude } from "./conclude.ts";
import { type FileReport, inspect } from "./inspect.ts";
import { type Inspection, inspectAgain } from "./inspect-again.ts";
import { openWorkspace, type Workspace } from "./open-workspace.ts";

const names = ["ro-quay-v1", "ro-quay-v2", "ro-ghcr-v1", "team-ca"];
const namespaces = [undefined, "garden-a", "garden-b"];
const name = fc.constantFrom(...names);
const namespace = fc.constantFrom(...namespaces);

function metadata(own: string, space: string | undefined): string {
  return `metadata: { name: ${own}${space === undefined ? "" : `, namespace: ${space}`} }`;
}

const secret = fc
  .record({
    name,
    namespace,
    immutable: fc.boolean(),
    data: fc.constantFrom(
      "{ username: YQ==, password: Yg== }",
      "{ username: YQ== }",
      "{ bundle.crt: YQ== }",
      "{ a: YQ== }",
    ),
    ignore: fc.constantFrom("", "  # registry-cache: ignore RC208", "  # registry-cache: ignore RC21"),
  })
  .map((it) => {
    const head = `apiVersion: v1\nkind: Secret\n${metadata(it.name, it.namespace)}${it.ignore}`;
    return `${head}\nimmutable: ${it.immutable}\ndata: ${it.data}\n`;
  });

const docker = "  provider: { workers: [{ name: w, cri: { name: docker } }] }\n";
const entry = fc.record({
  name: fc.constantFrom("one", "two"),
  kind: fc.constantFrom("Secret", "Secret", "ConfigMap"),
  target: name,
});
const shoot = fc
  .record({
    name: fc.constantFrom("botany", "lab"),
    namespace,
    caches: fc.array(
      fc.record({ upstream: fc.constantFrom("quay.io", "Ghcr.io"), uses: fc.constantFrom("one", "two") }),
      { maxLength: 3 },
    ),
    mirror: fc.boolean(),
    entries: fc.array(entry, { maxLength: 3 }),
    rest: fc.constantFrom("", docker, "  : [broken\n"),
    comment: fc.constantFrom("", "# registry-cache: ignore-file RC205, RC207\n"),
  })
  .map(({ caches, entries, mirror, rest, comment, ...it }) => {
    const listed = caches.map(({ upstream, uses }) => `{ upstream: ${upstream}, secretReferenceName: ${uses} }`);
    const hosts = "[{ host: 'https://mirror.example', caBundleSecretReferenceName: two }]";
    const mirrors = `  - type: registry-mirror
    providerConfig: { apiVersion: mirror.extensions.gardener.cloud/v1alpha1, kind: MirrorConfig, mirrors: [{ upstream: x.io, hosts: ${hosts} }] }
`;
    const resources = entries.map((of) => {
      return `{ name: ${of.name}, resourceRef: { apiVersion: v1, kind: ${of.kind}, name: ${of.target} } }`;
    });
    return `${comment}apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
${metadata(it.name, it.namespace)}
spec:
  extensions:
  - type: registry-cache
    providerConfig: { apiVersion: registry.extensions.gardener.cloud/v1alpha3, kind: RegistryConfig, caches: [${listed.join(", ")}] }
${mirror ? mirrors : ""}  resources: [${resources.join(", ")}]
${rest}`;
  });

const policies = fc.constantFrom({}, { secretNames: "team-{name}" }, { requiredCredentials: ["quay.io"] });
const uri = fc.constantFrom("a.yaml", "b.yaml", "c.yaml", "d.yaml", "e.yaml");
const report = fc
  .record({ uri, policies, texts: fc.array(fc.oneof(shoot, secret), { maxLength: 3 }) })
  .map(({ uri: file, policies: asked, texts }) => inspect(readManifests(file, texts.join("---\n")), undefined, asked));

const live = fc.record({
  name,
  namespace: fc.constantFrom("garden-a", "garden-b"),
  data: fc.constantFrom<{ readonly [key: string]: string }>(
    { username: "YQ==", password: "Yg==" },
    { username: "YQ==" },
  ),
});
const facts: fc.Arbitrary<Facts> = fc.record(
  {
    cluster: fc.record({
      namespaces: fc.subarray(["garden-a", "garden-b"]),
      secrets: fc.array(live, { maxLength: 3 }),
    }),
    committed: fc.subarray(["a.yaml", "b.yaml", "c.yaml"]).map((it) => new Set(it)),
  },
  { requiredKeys: [] },
);

type Step =
  | { readonly do: "set"; readonly report: FileReport }
  | { readonly do: "delete"; readonly uri: string }
  | { readonly do: "facts"; readonly facts: Facts };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: report.map((it): Step => ({ do: "set", report: it })) },
  { weight: 2, arbitrary: uri.map((it): Step => ({ do: "delete", uri: it })) },
  { weight: 1, arbitrary: facts.map((it): Step => ({ do: "facts", facts: it })) },
);

/** The findings of every file as they would be were all of them judged together now. */
function concludeNow(workspace: Workspace, known: Facts): ReadonlyMap<string, readonly unknown[]> {
  return conclude(
    [...workspace.uris()].flatMap((it) => workspace.report(it) ?? []),
    known,
  );
}

describe("a workspace that follows its files", () => {
  test("gives each file the findings that it has among all others, whatever was changed before", () => {
    fc.assert(
      fc.property(
        fc.array(report, { maxLength: 4 }),
        facts,
        fc.array(step, { maxLength: 8 }),
        (reports, first, steps) => {
          const workspace = openWorkspace(reports, first);
          let known = first;
          for (const it of steps) {
            if (it.do === "facts") known = it.facts;
            if (it.do === "facts") workspace.setFacts(known);
            else if (it.do === "set") workspace.set(it.report);
            else workspace.delete(it.uri);
            const found = new Map([...workspace.uris()].map((file) => [file, workspace.findingsOf(file)]));
            expect(found).toEqual(concludeNow(workspace, known));
          }
        },
      ),
    );
  });

  test("names every file whose findings change, and the changed one first", () => {
    fc.assert(
      fc.property(
        fc.array(report, { maxLength: 6 }),
        facts,
        fc.array(step, { maxLength: 8 }),
        (reports, first, steps) => {
          const workspace = openWorkspace(reports, first);
          let known = first;
          for (const it of steps) {
            const before = concludeNow(workspace, known);
            if (it.do === "facts") {
              known = it.facts;
              workspace.setFacts(known);
              continue;
            }
            const [self, ...others] = it.do === "set" ? workspace.set(it.report) : workspace.delete(it.uri);
            const changed = [...concludeNow(workspace, known)].filter(([file, found]) => {
              return JSON.stringify(found) !== JSON.stringify(before.get(file) ?? []);
            });
            expect(self).toBe(it.do === "set" ? it.report.uri : it.uri);
            expect(new Set(others).size).toBe(others.length);
            expect(changed.map(([file]) => file).filter((file) => file !== self && !others.includes(file))).toEqual([]);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** With few names the documents of a file have much to do with each other, and so they have without comments that ignore it. */
const stream = fc
  .tuple(fc.array(fc.oneof(shoot, secret), { minLength: 1, maxLength: 5 }), fc.nat(4))
  .map(([texts, comments]) => {
    const text = texts.join("---\n").replace(/ro-(?:quay-v2|ghcr-v1)/g, "ro-quay-v1");
    return comments === 0 ? text : text.replace(/ *# registry-cache.*/g, "");
  });
const chunk = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("x", "", " ", "\n", "  a: b\n", "v1", "😀") },
  {
    weight: 1,
    arbitrary: fc.constantFrom("---\n", "# registry-cache: ignore RC208\n", "&a ", "*a", "[", "kind: Shoot\n"),
  },
);
const file = fc.constantFrom("a.yaml", "b.yaml");
const edit = fc.oneof(
  // Most edits follow each other at one place, as somebody types.
  fc.record({
    file,
    at: fc.option(fc.nat()),
    remove: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(200)),
    insert: chunk,
    line: fc.constant(false),
  }),
  // Of a line that says nothing, all that is found stays and moves; of one that ends a webhook early, no name changes.
  fc.record({
    file,
    at: fc.nat(),
    remove: fc.constant(0),
    insert: fc.constantFrom("# note\n", docker),
    line: fc.constant(true),
  }),
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;
const act: fc.Arbitrary<Edit | Step | "settle"> = fc.oneof(
  { weight: 8, arbitrary: edit },
  { weight: 1, arbitrary: report.filter((it) => it.uri > "c").map((it): Step => ({ do: "set", report: it })) },
  { weight: 1, arbitrary: facts.map((it): Step => ({ do: "facts", facts: it })) },
  { weight: 1, arbitrary: fc.constant("settle") },
);

const noPolicies = {};
const other = report.filter((it) => it.uri > "c");

/** An editor with two files open beside others; it holds what the workspace says to a fresh judgement of the texts. */
class Editor {
  readonly workspace: Workspace;
  /** How many edits changed nothing that other files could see. */
  quick = 0;
  private readonly open = new Map<string, Inspection>();
  private known: Facts = {};
  private place = 0;
  private said = new Set<string>();
  private before: ReadonlyMap<string, readonly unknown[]>;
  private readonly others: Map<string, FileReport>;

  constructor(texts: readonly string[], others: readonly FileReport[]) {
    this.workspace = openWorkspace(others);
    this.others = new Map(others.map((it) => [it.uri, it]));
    texts.forEach((text, index) => {
      const inspection = inspectAgain(index === 0 ? "a.yaml" : "b.yaml", text, noPolicies);
      this.open.set(inspection.uri, inspection);
      this.workspace.edit(inspection);
    });
    this.before = this.fresh();
  }

  type({ file, at, remove, insert, line }: Edit): void {
    const previous = this.open.get(file);
    const text = previous?.text ?? "";
    const near = (at ?? this.place) % (text.length + 1);
    const start = line ? text.lastIndexOf("\n", near - 1) + 1 : near;
    const end = Math.min(text.length, start + remove);
    this.place = start + insert.length;
    const replaced = { span: { start, end }, length: insert.length };
    const next = text.slice(0, start) + insert + text.slice(end);
    const inspection = inspectAgain(file, next, noPolicies, { previous, replaced });
    this.open.set(file, inspection);
    const changed = this.workspace.edit(inspection);
    this.say(changed);
    if (inspection.edited !== undefined && changed.length === 1) this.quick += 1;
    same(this.workspace.findingsOf(file), this.fresh().get(file));
  }

  set(changed: FileReport): void {
    this.others.set(changed.uri, changed);
    this.say(this.workspace.set(changed));
  }

  learn(known: Facts): void {
    this.known = known;
    this.workspace.setFacts(known);
    this.say(this.workspace.uris());
  }

  settle(): void {
    this.say(this.workspace.settle());
    const after = this.fresh();
    for (const [file, found] of after) same(this.workspace.findingsOf(file), found);
    const silent = [...after].filter(([file]) => !this.said.has(file));
    const old = silent.map(([file]) => [file, this.before.get(file) ?? []]);
    same(silent, old);
    this.before = after;
    this.said = new Set();
  }

  private say(uris: Iterable<string>): void {
    for (const it of uris) this.said.add(it);
  }

  private fresh(): ReadonlyMap<string, readonly unknown[]> {
    const reports = [...this.workspace.uris()].flatMap((it) => {
      const text = this.open.get(it)?.text;
      return text === undefined ? (this.others.get(it) ?? []) : inspect(readManifests(it, text));
    });
    return conclude(reports, this.known);
  }
}

/** Comparing at once is quick; only a difference is worth showing. */
function same(found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
}

describe("a workspace whose files are edited", () => {
  test("knows after each edit what is found in that file, and when it is asked, what is found in the others", () => {
    let quick = 0;
    const others = fc.uniqueArray(other, { maxLength: 3, selector: (it) => it.uri });
    fc.assert(
      fc.property(stream, stream, others, fc.array(act, { maxLength: 12 }), (first, second, beside, acts) => {
        const editor = new Editor([first, second], beside);
        for (const it of acts) {
          if (it === "settle") editor.settle();
          else if ("file" in it) editor.type(it);
          else if (it.do === "set") editor.set(it.report);
          else if (it.do === "facts") editor.learn(it.facts);
        }
        editor.settle();
        quick += editor.quick;
      }),
      { numRuns: 200 },
    );
    expect(quick).toBeGreaterThan(200);
  });
});
