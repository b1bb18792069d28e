import fc from "fast-check";
import { expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import { applyEdits, type Edit } from "../text/edit.ts";
import { applyFileChange, type FileTexts } from "./apply-file-change.ts";
import { entriesNaming } from "./chain.ts";
import { kustomizationsFor } from "./kustomization.ts";
import { planFileFinish } from "./plan-file-finish.ts";
import { planFileRollback } from "./plan-file-rollback.ts";
import { planFileRotation } from "./plan-file-rotation.ts";
import type { RotationRequest } from "./request.ts";
import { type FileRotation, noChange } from "./rotation.ts";

const namespace = "garden-a";
const values = { purpose: "credentials", username: "robot", password: "invented-2" } as const;

function request(files: FileTexts, name = "quay-v1"): RotationRequest {
  const parsed = Object.entries(files).map(([uri, text]) => readManifests(uri, text));
  const findings = conclude(parsed.map((it) => inspect(it)));
  return {
    secret: { name, namespace },
    files: parsed,
    kustomizations: kustomizationsFor(parsed, Object.keys(files)),
    findingsOf: (uri) => findings.get(uri) ?? [],
    fileExists: (uri) => uri in files,
  };
}

/** Every finding as its file and code, sorted. A Secret that is missing may have a namesake elsewhere (RC207) or none (RC205). */
function findings(files: FileTexts): readonly string[] {
  const { findingsOf } = request(files);
  return Object.keys(files)
    .flatMap((uri) => findingsOf(uri).map((it) => `${uri} ${it.code.replace("RC207", "RC205")}`))
    .sort();
}

/** What is in the first list more often than in the second. */
function added(now: readonly string[], before: readonly string[]): readonly string[] {
  const left = [...before];
  return now.filter((it) => {
    const at = left.indexOf(it);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const target = fc.constantFrom("quay-v1", "quay-v1", "quay-v1", "docker-v1", "quay-v1-b");
const spelling = fc.constantFrom("X", "'X'", '"X"', "!!str X", "X # of X", "&n1 X");
const reference = fc.tuple(target, spelling, fc.boolean()).map(([name, spelt, flow]) => {
  const written = spelt.replaceAll("X", name);
  // Behind a comment nothing could close a brace.
  return flow && !spelt.includes("#")
    ? ` { apiVersion: v1, kind: Secret, name: ${written} }`
    : `\n      apiVersion: v1\n      kind: Secret\n      name: ${written}`;
});
const again = fc.constantFrom(
  "",
  "",
  "",
  "  - name: again\n    resourceRef: { apiVersion: v1, kind: Secret, name: *n1 }\n",
);

const shoot = fc
  .record({
    name: fc.constantFrom("a", "b", "c"),
    namespace: fc.constantFrom("garden-a", "garden-a", "garden-b", undefined),
    references: fc.array(reference, { minLength: 1, maxLength: 3 }),
    again,
    annotation: fc.constantFrom("", ", annotations: { was: quay-v1 }"),
  })
  .map(({ name, namespace: of, references, again: more, annotation }) => {
    const entries = references.map((it, index) => `  - name: entry-${index}-quay-v1\n    resourceRef:${it}\n`);
    const caches = references.map((_, index) => {
      return `      - upstream: quay-${index}.example.com\n        secretReferenceName: entry-${index}-quay-v1\n`;
    });
    const anchored = entries.some((it) => it.includes("&n1")) ? more : "";
    return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: ${name}${of ? `, namespace: ${of}` : ""}${annotation} }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
${caches.join("")}  resources: # quay-v1
${entries.join("")}${anchored}`;
  });

function secret(name: string, of = namespace): string {
  return `apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: ${of}, labels: { app: quay-v1 } }
type: Opaque
immutable: true
data:
  username: cm9ib3Q=
  password: aW52ZW50ZWQ=
`;
}

const listing = "resources:\n- secrets/quay-v1.yaml\n- other.yaml\n";

const tree = fc
  .record({
    shoots: fc.array(fc.array(shoot, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    together: fc.boolean(),
    next: fc.constantFrom(undefined, secret("quay-v2"), secret("quay-v2", "garden-b")),
    kustomization: fc.constantFrom(undefined, listing),
    crlf: fc.boolean(),
    mark: fc.constantFrom("", "\ufeff"),
  })
  .map(({ shoots, together, next, kustomization, crlf, mark }): FileTexts => {
    const files: { [uri: string]: string } = {};
    for (const [index, of] of shoots.entries()) files[`shoots/${index}.yaml`] = of.join("---\n");
    if (together) files["shoots/0.yaml"] = `${secret("quay-v1")}---\n${files["shoots/0.yaml"]}`;
    else files["secrets/quay-v1.yaml"] = secret("quay-v1");
    files["docker.yaml"] = `${secret("docker-v1")}---\n${secret("quay-v1-b")}`;
    if (next !== undefined) files["next.yaml"] = next;
    if (kustomization !== undefined) files["kustomization.yaml"] = kustomization;
    const written = Object.entries(files).map(([uri, text]) => [
      uri,
      mark + (crlf ? text.replaceAll("\n", "\r\n") : text),
    ]);
    return Object.fromEntries(written);
  });

/** Calls `check` for trees in which the Secret can be rotated: nearly all. */
function forRotations(
  given: Pick<RotationRequest, "values">,
  check: (files: FileTexts, rotation: FileRotation, after: FileTexts) => void,
): void {
  let planned = 0;
  const numRuns = 100;
  fc.assert(
    fc.property(tree, (files) => {
      const rotation = planFileRotation({ ...request(files), ...given });
      if (!rotation.ok) return;
      planned += 1;
      check(files, rotation.value, applyFileChange(files, rotation.value.change));
    }),
    { numRuns },
  );
  expect(planned).toBeGreaterThan(numRuns / 2);
}

test("after a rotation nothing is found that was not there before, but for values that are still empty", () => {
  forRotations({}, (files, { change }, after) => {
    const [created] = change.creates.map((it) => it.uri);
    const empty = created === undefined ? [] : [`${created} RC210`, `${created} RC211`];
    expect(added(findings(after), findings(files))).toEqual(empty);
  });
});

test("with values nothing at all is found that was not there before", () => {
  forRotations({ values }, (files, _, after) => {
    expect(added(findings(after), findings(files))).toEqual([]);
  });
});

test("after a rotation no Shoot of the namespace names the old Secret, and others name what they named", () => {
  forRotations({ values }, (files, { to }, after) => {
    const names = (of: FileTexts, where: string): readonly string[] => {
      return request(of).files.flatMap(({ documents }) =>
        documents.flatMap(({ shoots }) =>
          shoots
            .filter((it) => it.namespace?.value === where)
            .flatMap((it) => it.resources.map((entry) => `${entry.path} ${entry.target?.value}`)),
        ),
      );
    };
    expect(entriesNaming(request(after).files, { name: "quay-v1", namespace })).toEqual([]);
    expect(names(after, namespace)).toEqual(names(files, namespace).map((it) => it.replace(/ quay-v1$/, ` ${to}`)));
    expect(names(after, "garden-b")).toEqual(names(files, "garden-b"));
  });
});

test("a second rotation changes nothing", () => {
  forRotations({ values }, (_, { to }, after) => {
    const again = planFileRotation({ ...request(after), values });
    expect(again.ok && [again.value.state, again.value.to, again.value.change]).toEqual([
      "done",
      to,
      { edits: [], creates: [], deletes: [] },
    ]);
  });
});

test("the reverse of a rotation's edits gives the same bytes", () => {
  forRotations({ values }, (files, { change }, after) => {
    const restored = change.edits.map(({ uri, edits }) => [
      uri,
      applyEdits(after[uri] ?? "", reverse(files[uri] ?? "", edits)),
    ]);
    expect(restored).toEqual(change.edits.map(({ uri }) => [uri, files[uri]]));
  });
});

test("a rotation touches only lines with the old name or an alias of it, and adds one to a kustomization", () => {
  forRotations({ values }, (files, { change, to }, after) => {
    for (const { uri } of change.edits) {
      if (uri === "kustomization.yaml") {
        const lines = linesOf(after[uri] ?? "").filter((it) => !it.includes(to));
        expect(lines).toEqual(linesOf(files[uri] ?? ""));
        continue;
      }
      const [before, now] = [linesOf(files[uri] ?? ""), linesOf(after[uri] ?? "")];
      const expected = before.map((line, index) => {
        const changed = line.replace(/(name: (?:!!str |&n1 )?["']?)quay-v1/, `$1${to}`).replace("*n1", to);
        return now[index] === changed ? changed : line;
      });
      expect(now).toEqual(expected);
    }
  });
});

test("the end of a rotation leaves nothing of the old Secret, and nothing new is found", () => {
  forRotations({ values }, (files, _, after) => {
    const finish = planFileFinish(request(after));
    // A Shoot of another namespace, or a use that is not known, is none of this rotation's.
    expect(finish.ok ? [] : finish.error).toEqual([]);
    if (!finish.ok) return;
    const ended = applyFileChange(after, finish.value.change);
    expect(added(findings(ended), findings(files))).toEqual([]);
    const again = planFileFinish(request(ended));
    expect(again.ok && [again.value.state, again.value.change]).toEqual([
      "done",
      { edits: [], creates: [], deletes: [] },
    ]);
  });
});

test("a rotation and its way back cancel, but for an alias that is written out", () => {
  forRotations({ values }, (files, { change }, after) => {
    const back = planFileRollback(request(after));
    expect(back.ok ? [] : back.error).toEqual([]);
    if (!back.ok) return;
    const returned = applyFileChange(after, back.value.change);
    // A next version that was there before, and that no Shoot names any more, goes as well.
    const expected = back.value.change.deletes.includes("next.yaml") ? without("next.yaml", files) : files;
    expect(unaliased(returned)).toEqual(unaliased(expected));
    expect(change.creates.every(({ uri }) => !(uri in returned))).toBe(true);
    const again = planFileRollback(request(returned));
    expect(again.ok && [again.value.state, again.value.change]).toEqual(["done", noChange]);
  });
});

test("a rotation that stops behind any of its files is carried on, or taken back, by the same plans", () => {
  forRotations({ values }, (files, { change }, after) => {
    const parts = [...change.creates.map((it) => ({ creates: [it] })), ...change.edits.map((it) => ({ edits: [it] }))];
    const stops = parts.map((_, index) =>
      parts.slice(0, index + 1).reduce((texts, part) => applyFileChange(texts, { ...noChange, ...part }), files),
    );
    const done = planFileRollback(request(after));
    for (const stopped of stops) {
      const on = planFileRotation({ ...request(stopped), values });
      expect(on.ok && applyFileChange(stopped, on.value.change)).toEqual(after);
      const resumed = planFileRotation({ ...request(stopped), resume: true });
      expect(resumed.ok && applyFileChange(stopped, resumed.value.change)).toEqual(after);
      const back = planFileRollback(request(stopped));
      expect(back.ok && unaliased(applyFileChange(stopped, back.value.change))).toEqual(
        done.ok && unaliased(applyFileChange(after, done.value.change)),
      );
    }
  });
});

function without(uri: string, { [uri]: _, ...files }: FileTexts): FileTexts {
  return files;
}

/** An alias that had to be written out stays so. */
function unaliased(files: FileTexts): FileTexts {
  return Object.fromEntries(
    Object.entries(files).map(([uri, text]) => {
      const [, anchored = ""] = /&n1 ([\w-]+)/.exec(text) ?? [];
      return [uri, text.replaceAll("*n1", anchored)];
    }),
  );
}

function linesOf(text: string): readonly string[] {
  return text.split("\n");
}

/** The edits that undo edits of a text, which overlap nowhere. */
function reverse(text: string, edits: readonly Edit[]): readonly Edit[] {
  let shift = 0;
  return [...edits]
    .sort((a, b) => a.span.start - b.span.start)
    .map(({ span, text: put }) => {
      const start = span.start + shift;
      shift += put.length - (span.end - span.start);
      return { span: { start, end: start + put.length }, text: text.slice(span.start, span.end) };
    });
}
