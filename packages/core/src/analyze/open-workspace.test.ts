import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readManifests } from "../manifest/manifest.ts";
import type { Facts } from "../workspace/workspace.ts";
import { conclude } from "./conclude.ts";
import { type FileReport, inspect } from "./inspect.ts";
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
    rest: fc.constantFrom("", "  provider: { workers: [{ name: w, cri: { name: docker } }] }\n", "  : [broken\n"),
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
