import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskSecrets, secretSpans } from "./mask.ts";

const cases: readonly (readonly [name: string, text: string, masked: string])[] = [
  [
    "values, but neither keys nor what identifies the Secret",
    "kind: Secret\nmetadata:\n  name: a\n  labels: { b: c }\ntype: Opaque\nimmutable: true\ndata:\n  username: dQ==\n",
    "kind: Secret\nmetadata:\n  name: a\n  labels: { b: c }\ntype: Opaque\nimmutable: true\ndata:\n  username: <redacted>\n",
  ],
  [
    "block scalars line by line, with their indentation",
    "kind: Secret\nstringData:\n  password: |\n    one\n      two\n\n    three\n  user: x\n",
    "kind: Secret\nstringData:\n  password: <redacted>\n    <redacted>\n      <redacted>\n\n    <redacted>\n  user: <redacted>\n",
  ],
  [
    "quoted values over several lines, and the rest of a flow map stays",
    `kind: Secret\nstringData: { a: "on\n  e", 'b': two }\n`,
    `kind: Secret\nstringData: { a: <redacted>\n  <redacted>, 'b': <redacted> }\n`,
  ],
  [
    "JSON on one line",
    `{"kind":"Secret","metadata":{"name":"a"},"data":{"password":"c2VjcmV0"}}`,
    `{"kind":"Secret","metadata":{"name":"a"},"data":{"password":<redacted>}}`,
  ],
  [
    "values written where an anchor stands, and behind merges",
    "kind: List\nw: &b zero\nx: &a one\ny: &m { password: two }\nz: three\nitems:\n- kind: Secret\n  data: { <<: *m, user: *a, deep: { er: [*b] } }\n",
    "kind: List\nw: &b <redacted>\nx: &a <redacted>\ny: &m { password: <redacted> }\nz: three\nitems:\n- kind: Secret\n  data: { <<: *m, user: *a, deep: <redacted> }\n",
  ],
  [
    "values that an explicit key overrides",
    "kind: Secret\ndata:\n  <<: { password: old }\n  password: new\n  password: newer\n",
    "kind: Secret\ndata:\n  <<: { password: <redacted> }\n  password: <redacted>\n  password: <redacted>\n",
  ],
  [
    "Secrets in a list, and not a ConfigMap beside them",
    "kind: List\nitems:\n- kind: Secret\n  data: { a: b }\n- kind: ConfigMap\n  data: { a: b }\n",
    "kind: List\nitems:\n- kind: Secret\n  data: { a: <redacted> }\n- kind: ConfigMap\n  data: { a: b }\n",
  ],
  [
    "items that leave their kind to the list",
    "kind: SecretList\nitems:\n- metadata: { name: a }\n  data: { a: b }\n  password: c\n",
    "kind: SecretList\nitems:\n- metadata: { name: a }\n  data: { a: <redacted> }\n  password: <redacted>\n",
  ],
  [
    "values in a wrong place, of a kind that is nearly right, or of no kind",
    "kind: Secert\npassword: one\nmetadata:\n  name: a\n  password: two\n---\nstringDatta:\n  password: three\n",
    "kind: Secert\npassword: <redacted>\nmetadata:\n  name: a\n  password: <redacted>\n---\nstringDatta:\n  password: <redacted>\n",
  ],
  [
    "annotations of a Secret, and anywhere the one that holds a whole object",
    "kind: Secret\nmetadata: { name: a, annotations: { b: c } }\n---\nkind: Shoot\nmetadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: '{}'\n    d: e\n",
    "kind: Secret\nmetadata: { name: a, annotations: { b: <redacted> } }\n---\nkind: Shoot\nmetadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: <redacted>\n    d: e\n",
  ],
  [
    "comments of a Secret, which may hold an older value, and no others",
    "# old: x\nkind: Secret # y\ndata:\n  # z\n  a: b # c\n---\nkind: Shoot # d\n",
    "# <redacted>\nkind: Secret # <redacted>\ndata:\n  # <redacted>\n  a: <redacted> # <redacted>\n---\nkind: Shoot # d\n",
  ],
  [
    "a Secret that was commented out",
    "# kind: Secret\n# stringData:\n#   password: x\n",
    "# <redacted>\n# <redacted>\n#   <redacted>\n",
  ],
  [
    "literals of a generator behind their keys, and manifests in patches",
    `kind: Kustomization\nsecretGenerator:\n- name: a\n  literals: [b=c, 'd=e', "f=g"]\npatches:\n- patch: |\n    kind: Secret\n    data: { h: i }\n`,
    `kind: Kustomization\nsecretGenerator:\n- name: a\n  literals: [b=<redacted>, 'd=<redacted>, <redacted>]\npatches:\n- patch: <redacted>\n    <redacted>\n    <redacted>\n`,
  ],
  [
    "plain values beside encrypted ones",
    "kind: Secret\ndata:\n  a: ENC[AES256_GCM,data:x]\n  b: plain\nsops:\n  mac: x\n",
    "kind: Secret\ndata:\n  a: <redacted>\n  b: <redacted>\nsops:\n  mac: <redacted>\n",
  ],
  [
    "a password in an address",
    "kind: Shoot\nspec: { p: http://u:pw@h:80 }\n",
    "kind: Shoot\nspec: { p: http://u:<redacted>@h:80 }\n",
  ],
  [
    "all but the plainest lines of a Secret that does not parse",
    'kind: Secret\nmetadata:\n  name: a\nstringData:\n  b: "hunter2\n  c: [\n',
    "kind: Secret\nmetadata:\n  <redacted>\nstringData:\n  <redacted>\n  <redacted>\n",
  ],
  [
    "nothing of a Shoot that does not parse, although it names Secrets",
    "kind: Shoot\nspec:\n  resources:\n  - resourceRef: { kind: Secret, name: a\n",
    "kind: Shoot\nspec:\n  resources:\n  - resourceRef: { kind: Secret, name: a\n",
  ],
  [
    "lines that end in CR LF",
    "kind: Secret\r\ndata:\r\n  a: |\r\n    b\r\n",
    "kind: Secret\r\ndata:\r\n  a: <redacted>\r\n    <redacted>\r\n",
  ],
];

describe("maskSecrets hides", () => {
  test.each(cases)("%s", (_, text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
  });
});

/** A value that no manifest would hold by chance. */
const planted = fc.stringMatching(/^[a-z]{4}$/).map((it) => `PLANTED${it}`);
const noise = fc.constantFrom("", "# about PLANTEDcomment\n", "metadata: { name: a }\n", "type: Opaque\n");

/** Ways to write a value below a key, two columns in. */
const written = planted.chain((value) =>
  fc.constantFrom(
    `  a: ${value}\n`,
    `  a: "${value}"\n`,
    `  'a': '${value}\n    ${value}'\n`,
    `  a: |-\n    ${value}\n     ${value}\n`,
    `  a: >+\n    ${value}\n\n    ${value}\n\n`,
    `  ? a\n  : ${value}\n`,
    `  a: !!str ${value}\n`,
    `  a: &x ${value}\n  b: *x\n`,
    `  a: { b: [${value}] }\n`,
    `  - ${value}\n`,
  ),
);
const secret = fc
  .record({
    head: fc.constantFrom("kind: Secret\n", "", "kind: secret\n", 'kind: "Secret"\n', "kind: &k Secret\n"),
    before: noise,
    field: fc.constantFrom("data:\n", "stringData:\n", "Data:\n", "stringdata: &d\n", "extra:\n"),
    values: fc.array(written, { minLength: 1, maxLength: 3 }),
    after: noise,
    broken: fc.constantFrom("", "", "x: [\n", "\t- :\n", '"\n'),
  })
  .map(({ head, before, field, values, after, broken }) => head + before + field + values.join("") + after + broken);
const shoot = fc.constant("kind: Shoot\nspec:\n  resources:\n  - resourceRef: { kind: Secret, name: a }\n");
const file = fc.array(fc.oneof(secret, shoot), { minLength: 1, maxLength: 3 }).map((it) => it.join("---\n"));

test("no planted value is left, and lines stay lines", () => {
  fc.assert(
    fc.property(file, (text) => {
      const masked = maskSecrets(text);
      expect(masked).not.toContain("PLANTED");
      expect(masked.split("\n").length).toBe(text.split("\n").length);
    }),
    { numRuns: 2000 },
  );
});

test("spans are in order, apart from each other and within one line", () => {
  fc.assert(
    fc.property(fc.oneof(file, fc.string({ unit: "grapheme" })), (text) => {
      let at = 0;
      for (const { start, end } of secretSpans(text)) {
        expect(start).toBeGreaterThanOrEqual(at);
        expect(end).toBeGreaterThan(start);
        expect(text.slice(start, end)).not.toMatch(/[\r\n]/);
        at = end;
      }
      expect(at).toBeLessThanOrEqual(text.length);
    }),
  );
});
