import { readMarks } from "@registry-cache/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type ManifestFile, readManifests } from "../manifest/manifest.ts";
import { rules } from "../rules/index.ts";
import { dedent } from "../text/dedent.ts";
import { cursorAt } from "../yaml/cursor.ts";
import type { Node } from "../yaml/node.ts";
import { parseYaml } from "../yaml/parse.ts";
import type { CompletionItem, CompletionWorkspace } from "./completion.ts";
import { complete } from "./index.ts";

const workspace: CompletionWorkspace = {
  garden: { manifestsOf: () => [], secretNames: () => ["ro-quay-v1", "123", "it's"] },
  findingsOf: () => [],
};

const shoot = `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: {name: "crazy-botany", namespace: garden-dev}
spec:
    purpose: 'testing'
    provider:
        type: aws
        workers:
          - name: a
            machine: { type: m5.large,
              architecture: amd64 }

            minimum: 1
    extensions:
      - type: registry-cache
        providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
              - &base
                upstream: docker.io # Docker Hub
                volume:
                    size: 10Gi

                secretReferenceName: docker
              - <<: *base
                upstream: quay.io

              - { upstream: ghcr.io, garbageCollection: { ttl: 168h }, }
              -
                upstream: gcr.io
      - type: registry-mirror
        providerConfig: {mirrors: [{upstream: a.example.com, hosts: [{host: "https://b.example.com", capabilities: [ pull ]}]}]}
    resources:
      - name: docker
        resourceRef: { apiVersion: v1, kind: Secret, name: ro-docker-v1 }
      - resourceRef:
            kind: Secret
        name: other
    hibernation:
    maintenance:

---
{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}, "immutable": true, "stringData": {}}
---
apiVersion: v1
kind: Secret
metadata:
  name: a
data:
  username: YQ==
`;
const examples = rules.flatMap(({ example }) => [example.bad, example.good].map((it) => readMarks(dedent(it)).text));
const fixtures: readonly string[] = [shoot, shoot.replaceAll("\n", "\r\n"), `\ufeff${shoot}`, ...examples];

test("at every place of every fixture the proposals replace what the cursor touches on its own line", () => {
  for (const [index, text] of fixtures.entries()) {
    const file = readManifests("a.yaml", text);
    const step = index === 0 ? 1 : 5;
    for (let offset = index % step; offset <= text.length; offset += step) checkSpans(file, offset);
  }
}, 60_000);

test("so they do in prefixes and in mutated texts", () => {
  const piece = fc.constantFrom(
    ..."{}[],:#&*!|>'\"%-?. \n\r\t\ufeffa1",
    "- ",
    ": ",
    "\n  ",
    "<<: *a",
    "---\n",
    "{{ x }}",
  );
  const mutation = fc.record({ at: fc.nat(), removed: fc.nat(20), piece });
  fc.assert(
    fc.property(fc.constantFrom(...fixtures), fc.array(mutation, { maxLength: 3 }), fc.nat(), (fixture, all, cut) => {
      const mutated = all.reduce((it, { at, piece: added, removed }) => {
        const start = at % (it.length + 1);
        return it.slice(0, start) + added + it.slice(start + removed);
      }, fixture);
      const text = mutated.slice(0, (cut % mutated.length) + 1);
      const file = readManifests("a.yaml", text);
      for (let offset = text.length; offset >= Math.max(0, text.length - 300); offset -= 4) checkSpans(file, offset);
    }),
    { numRuns: 100 },
  );
}, 60_000);

test("an accepted value or key stands where it was proposed, beside no other of its name", () => {
  let accepted = 0;
  for (const [index, text] of fixtures.entries()) if (isSound(text)) accepted += acceptAll(text, index < 3 ? 3 : 19);
  // Without proposals nothing would be checked.
  expect(accepted).toBeGreaterThan(5000);
}, 120_000);

/** Accepts every proposal without tab stops at every place of a step; gives their number. */
function acceptAll(text: string, step: number): number {
  const file = readManifests("a.yaml", text);
  let accepted = 0;
  for (let offset = text.length % step; offset <= text.length; offset += step) {
    const items = checkSpans(file, offset).filter((it) => !it.snippet && it.kind !== "snippet");
    for (const item of items) checkAccepted(text, offset, item);
    accepted += items.length;
  }
  return accepted;
}

function checkSpans(file: ManifestFile, offset: number): readonly CompletionItem[] {
  const items = complete(file, offset, workspace);
  for (const { replace } of items) {
    const { start, end } = replace;
    const replaced = file.text.slice(start, end);
    if (start > offset || offset > end || /[\r\n]/.test(replaced)) {
      expect.unreachable(`${JSON.stringify(replaced)} at ${offset} of ${JSON.stringify(file.text)}`);
    }
  }
  return items;
}

function checkAccepted(text: string, offset: number, { label, insertText, replace }: CompletionItem): void {
  const after = text.slice(0, replace.start) + insertText + text.slice(replace.end);
  const shown = `${JSON.stringify(insertText)} at ${JSON.stringify(text.slice(0, replace.start).slice(-80))}`;
  expect(isSound(after), shown).toBe(true);
  const document = documentAt(text, offset);
  const { places } = cursorAt(text, document, offset);
  const roots = parseYaml(after).flatMap((it) => it.root ?? []);
  const standing = places.some(({ slot, path }) =>
    roots.some((root) => {
      const node = follow(root, path);
      if (slot === "value") return node?.type === "scalar" && node.text === label;
      return node?.type === "map" && node.written.some((it) => it.name === label && isNear(it.key.span.start, replace));
    }),
  );
  expect(standing, shown).toBe(true);
}

function isNear(at: number, { start }: { readonly start: number }): boolean {
  return at >= start && at - start < 100;
}

function follow(root: Node, path: readonly (string | number)[]): Node | undefined {
  return path.reduce<Node | undefined>((node, step) => {
    if (node?.type === "seq") return typeof step === "number" ? node.items[step]?.value : undefined;
    return node?.type === "map" ? node.written.find((it) => it.name === step)?.value : undefined;
  }, root);
}

function isSound(text: string): boolean {
  return parseYaml(text).every((it) => it.problems.length === 0);
}

function documentAt(text: string, offset: number): { readonly start: number; readonly end: number } {
  const start = offset === 0 ? 0 : text.lastIndexOf("\n---", offset - 1) + 1;
  const end = text.indexOf("\n---", Math.max(offset - 1, start));
  return { start, end: end === -1 ? text.length : end + 1 };
}
