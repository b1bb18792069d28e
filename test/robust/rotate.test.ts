import {
  applyFileChange,
  conclude,
  type FileTexts,
  inspect,
  planFileFinish,
  planFileRotation,
  type RotationFiles,
  readManifests,
  rotationStatus,
} from "@registry-cache/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { corpus } from "./corpus.ts";

function request(texts: FileTexts, name: string): RotationFiles {
  const files = Object.entries(texts).map(([uri, text]) => readManifests(uri, text));
  const findings = conclude(files.map((it) => inspect(it)));
  return {
    secret: { name, namespace: undefined },
    files,
    kustomizations: [],
    findingsOf: (uri) => findings.get(uri) ?? [],
  };
}

/** Every name of a Secret in a text, and whether the text declares it or only a Shoot names it. */
function namesIn(text: string): ReadonlyMap<string, boolean> {
  const documents = readManifests("a.yaml", text).documents;
  const declared = new Set(documents.flatMap((it) => it.secrets.map(({ name }) => name)));
  const named = documents.flatMap((it) =>
    it.shoots.flatMap(({ resources }) => resources.map((of) => of.target?.value)),
  );
  const names = [...declared, ...named.filter((it) => it !== undefined)];
  return new Map(names.map((it) => [it, declared.has(it)]));
}

/** Rotates each Secret of a text, one that is not declared in a file beside it, and gives how many could be. */
function rotateAll(text: string): number {
  let rotated = 0;
  for (const [name, isDeclared] of namesIn(text)) {
    const secret = `kind: Secret\nmetadata: { name: ${JSON.stringify(name)} }\n`;
    const texts: FileTexts = isDeclared ? { "a.yaml": text } : { "a.yaml": text, "s.yaml": secret };
    planFileFinish(request(texts, name));
    rotationStatus(request(texts, name));
    const planned = planFileRotation(request(texts, name));
    if (!planned.ok || planned.value.state === "done") continue;
    rotated += 1;
    const again = planFileRotation(request(applyFileChange(texts, planned.value.change), name));
    expect(again).toMatchObject({ ok: true, value: { state: "done", to: planned.value.to } });
  }
  return rotated;
}

test("every Secret of every manifest here can be rotated, or it is said why not, and a second time nothing is left", () => {
  const counts = corpus().map(([name, text]) => `${name}: ${rotateAll(text)}`);
  expect(counts.filter((it) => !it.endsWith(": 0")).length).toBeGreaterThan(80);
});

test("no cut and no junk in a manifest makes a plan throw", () => {
  const fixtures = corpus().filter(([, text]) => text.includes("resourceRef"));
  const piece = fc.constantFrom(
    "",
    "[",
    '"',
    "\t",
    ": ",
    "\n  - ",
    "{",
    "#",
    "|",
    "*a",
    "&a ",
    "<<: *a\n",
    "---\n",
    "{{ x }}",
  );
  const broken = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    piece,
    cut: fc.nat(9),
    fixture: fc.nat(fixtures.length - 1),
  });
  fc.assert(
    fc.property(broken, ({ at, piece: junk, cut, fixture }) => {
      const text = fixtures[fixture]?.[1] ?? "";
      const place = Math.floor(at * text.length);
      rotateAll(text.slice(0, place) + junk + text.slice(place + cut));
    }),
    { numRuns: 400 },
  );
});
