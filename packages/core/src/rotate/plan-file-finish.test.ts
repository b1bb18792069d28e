import { rotationSecret as secret, rotationShoot as shoot } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import { applyFileChange, type FileTexts } from "./apply-file-change.ts";
import { planFileFinish } from "./plan-file-finish.ts";
import type { RotationFiles } from "./request.ts";
import { rotationStatus } from "./status.ts";

function request(files: FileTexts): RotationFiles {
  const parsed = Object.entries(files).map(([uri, text]) => readManifests(uri, text));
  const findings = conclude(parsed.map((it) => inspect(it)));
  return {
    secret: { name: "quay-v1", namespace: undefined },
    files: parsed,
    kustomizations: [],
    findingsOf: (uri) => findings.get(uri) ?? [],
  };
}

/** What stops the end of a rotation: the kinds with their codes, messages and lines. */
function blockers(files: FileTexts): readonly string[] {
  const planned = planFileFinish(request(files));
  if (planned.ok) return [];
  return planned.error.map(({ kind, code, message, place }) => {
    const line = place && (files[place.uri] ?? "").slice(0, place.span.start).split("\n").length;
    return `${kind}${code ? ` ${code}` : ""}: ${message}${place ? ` (${place.uri}:${line})` : ""}`;
  });
}

const simple = { "s.yaml": secret(), "a.yaml": shoot() };
const rotated = { "s.yaml": secret(), "s2.yaml": secret("quay-v2"), "a.yaml": shoot({ target: "quay-v2" }) };

test.each<readonly [string, FileTexts, FileTexts]>([
  ["a file of its own", rotated, { "s2.yaml": rotated["s2.yaml"], "a.yaml": rotated["a.yaml"] }],
  [
    "the first document",
    {
      "all.yaml": `# licence\n\n# the old one\n${secret()}---\n${secret("quay-v2")}---\n${shoot({ target: "quay-v2" })}`,
    },
    { "all.yaml": `# licence\n\n---\n${secret("quay-v2")}---\n${shoot({ target: "quay-v2" })}` },
  ],
  [
    "a document in the middle",
    { "all.yaml": `${secret("quay-v2")}---\n# the old one\n${secret()}---\n${shoot({ target: "quay-v2" })}` },
    { "all.yaml": `${secret("quay-v2")}---\n${shoot({ target: "quay-v2" })}` },
  ],
  [
    "a document with a comment apart from it",
    { "all.yaml": `${secret("quay-v2")}---\n# the old one\n\n${secret()}---\n${shoot({ target: "quay-v2" })}` },
    { "all.yaml": `${secret("quay-v2")}---\n${shoot({ target: "quay-v2" })}` },
  ],
  [
    "the last document",
    { "all.yaml": `${secret("quay-v2")}---\n${shoot({ target: "quay-v2" })}---\n${secret()}` },
    { "all.yaml": `${secret("quay-v2")}---\n${shoot({ target: "quay-v2" })}` },
  ],
  [
    "an item of a list",
    {
      "all.yaml": `kind: List\nitems:\n- kind: Secret\n  metadata: { name: quay-v1 }\n- kind: ConfigMap\n`,
      "a.yaml": rotated["a.yaml"],
      "s2.yaml": rotated["s2.yaml"],
    },
    {
      "all.yaml": "kind: List\nitems:\n- kind: ConfigMap\n",
      "a.yaml": rotated["a.yaml"],
      "s2.yaml": rotated["s2.yaml"],
    },
  ],
])("at the end goes %s", (_, files, expected) => {
  const planned = planFileFinish(request(files));
  expect(planned.ok && { state: planned.value.state, to: planned.value.to }).toEqual({
    state: "planned",
    to: "quay-v2",
  });
  expect(planned.ok && applyFileChange(files, planned.value.change)).toEqual(expected);
});

test("the end of a rotation that ended changes nothing and says so", () => {
  const { "s.yaml": _, ...files } = rotated;
  const planned = planFileFinish(request(files));
  expect(planned.ok && planned.value).toEqual({
    state: "done",
    namespace: undefined,
    from: "quay-v1",
    to: "quay-v2",
    steps: [],
    change: { edits: [], creates: [], deletes: [] },
  });
});

test.each<readonly [string, FileTexts, readonly string[]]>([
  [
    "a Shoot that was left behind",
    { ...rotated, "b.yaml": shoot({ name: "b" }) },
    ['still-used: Shoot "b" still names Secret "quay-v1" (b.yaml:7)'],
  ],
  [
    "a template",
    { ...rotated, "t.yaml": shoot({ name: "{{ x }}" }) },
    ['still-used: a template still names Secret "quay-v1" (t.yaml:7)'],
  ],
  [
    "another use",
    { ...rotated, "b.yaml": "kind: SecretBinding\nmetadata: { name: b }\nsecretRef: { name: quay-v1 }\n" },
    ['still-used: SecretBinding still names Secret "quay-v1" (b.yaml:3)'],
  ],
  [
    "no rotation",
    { "s.yaml": secret() },
    [
      'not-rotated: no Shoot in these files uses a later version of Secret "quay-v1", so nothing shows that it was rotated (s.yaml:3)',
    ],
  ],
  [
    "an unknown name",
    { "a.yaml": shoot({ target: "docker-v1" }) },
    ['unknown-secret: there is no Secret "quay-v1" in these files'],
  ],
  [
    "a new Secret whose manifest is not there",
    { "s.yaml": secret(), "a.yaml": shoot({ target: "quay-v2" }) },
    [
      'successor-broken: Secret "quay-v2" has no manifest in these files, so nothing shows that it is whole; name its file, too',
    ],
  ],
  [
    "a new Secret that is still empty",
    { ...rotated, "s2.yaml": secret("quay-v2", { password: "" }) },
    ['successor-broken RC211: Secret "quay-v2" is not ready: the password is empty (s2.yaml:6)'],
  ],
])("%s stops the end of a rotation", (_, files, expected) => {
  expect(blockers(files)).toEqual(expected);
});

test.each<readonly [string, FileTexts]>([
  ["a warning about the new Secret", { ...rotated, "s2.yaml": secret("quay-v2", { password: "invented " }) }],
  ["an error elsewhere in its file", { ...rotated, "s2.yaml": `x: [\n---\n${secret("quay-v2")}---\nx: [\n` }],
])("%s does not stop the end of a rotation", (_, files) => {
  expect(
    request(files)
      .findingsOf("s2.yaml")
      .map((it) => it.severity),
  ).not.toEqual([]);
  expect(blockers(files)).toEqual([]);
});

test("an entry that is called like the old Secret does not stop the end of a rotation", () => {
  const files = {
    ...rotated,
    "a.yaml": shoot({ target: "quay-v2" }).replaceAll(/(name|Name): quay\n/g, "$1: quay-v1\n"),
  };
  expect(blockers(files)).toEqual([]);
});

const b = shoot({ name: "b", target: "quay-v2" });

test.each<readonly [string, FileTexts, string, readonly string[]]>([
  ["before it", simple, "single", ["quay-v1 s.yaml a"]],
  [
    "half way",
    { ...simple, "b.yaml": b, "s2.yaml": secret("quay-v2") },
    "mixed",
    ["quay-v1 s.yaml a", "quay-v2 s2.yaml b"],
  ],
  ["behind the switch", { "s.yaml": secret(), "b.yaml": b }, "switched", ["quay-v1 s.yaml ", "quay-v2 - b"]],
  ["at its end", { "b.yaml": b }, "single", ["quay-v2 - b"]],
  [
    "without any use",
    { "s.yaml": secret(), "t.yaml": secret("quay-v10"), "u.yaml": secret("quay-v9") },
    "unused",
    ["quay-v1 s.yaml ", "quay-v9 u.yaml ", "quay-v10 t.yaml "],
  ],
])("the status %s", (_, files, stage, versions) => {
  const status = rotationStatus(request(files));
  expect(
    status.ok && [
      status.value.stage,
      status.value.versions.map((it) => `${it.name} ${it.place?.uri ?? "-"} ${it.shoots.map((of) => of.name).join()}`),
    ],
  ).toEqual([stage, versions]);
});

test("there is no status of a Secret that is not there", () => {
  expect(rotationStatus(request({}))).toEqual({
    ok: false,
    error: [{ kind: "unknown-secret", message: 'there is no Secret "quay-v1" in these files' }],
  });
});
