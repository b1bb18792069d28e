import { readMarks } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import { dedent } from "../text/dedent.ts";
import { applyEdits } from "../text/edit.ts";
import { indexLines } from "../text/line-index.ts";

const shoot = `
apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: crazy-botany, namespace: garden-dev }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
      - { upstream: docker.io, secretReferenceName: docker-secret }
  - type: registry-mirror
    providerConfig:
      apiVersion: mirror.extensions.gardener.cloud/v1alpha1
      kind: MirrorConfig
      mirrors:
      - { upstream: ghcr.io, hosts: [{ host: https://mirror.internal, caBundleSecretReferenceName: ca }] }
  resources:
  - { name: ca, resourceRef: { apiVersion: v1, kind: Secret, name: ca-v1 } }
  - { name: docker-secret, resourceRef: { apiVersion: v1, kind: Secret, name: docker-v1 } }
`;

/** Checks that a manifest gives exactly the findings it is marked with, and returns what its safe fixes make of it. */
function check(marked: string): string {
  const { text, marks } = readMarks(dedent(marked));
  const lines = indexLines(text);
  const reports = [inspect(readManifests("shoot.yaml", shoot)), inspect(readManifests("secret.yaml", text))];
  const findings = conclude(reports).get("secret.yaml") ?? [];
  const found = findings.map(({ code, span }) => {
    const { line, character: start } = lines.position(span.start);
    const end = lines.position(span.end);
    return { code, line, start, end: end.line === line ? end.character : lines.line(line).length };
  });
  expect(found).toEqual(marks);
  const safe = findings.flatMap((it) => it.fixes.filter((fix) => fix.safe).slice(0, 1));
  return applyEdits(
    text,
    safe.flatMap((it) => it.edits.flatMap(({ edits }) => edits)),
  );
}

/** A Secret that is right but for its data. */
function withData(data: string): string {
  return `apiVersion: v1
kind: Secret
metadata: { name: docker-v1, namespace: garden-dev }
immutable: true
${dedent(data)}`;
}

describe("what is certain is mended blind", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      "a newline at the end of a block scalar",
      `
      stringData:
        username: reader
        password: | # as the registry gave it
      #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ RC213
          example
      `,
      `
      stringData:
        username: reader
        password: |- # as the registry gave it
          example
      `,
    ],
    [
      "a newline in base64",
      `
      data:
        username: cmVhZGVyCg==
      #           ^^^^^^^^^^^^ RC210
        password: ZXhhbXBsZQ==
      `,
      `
      data:
        username: cmVhZGVy
        password: ZXhhbXBsZQ==
      `,
    ],
    [
      "a number without quotes",
      `
      stringData:
        username: 0123
      #           ^^^^ RC220
        password: example
      `,
      `
      stringData:
        username: "0123"
        password: example
      `,
    ],
    [
      "a service account key in base64",
      `
      stringData:
        username: _json_key
        password: 'eyJ0eXBlIjogInNlcnZpY2VfYWNjb3VudCJ9'
      #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RC212
      `,
      `
      stringData:
        username: _json_key
        password: '{"type": "service_account"}'
      `,
    ],
    [
      "a blank in base64",
      `
      data:
        username: "cmVhZGVy "
      #           ^^^^^^^^^^^ RC220
        password: ZXhhbXBsZQ==
      `,
      `
      data:
        username: "cmVhZGVy"
        password: ZXhhbXBsZQ==
      `,
    ],
    [
      "keys in capital letters",
      `
      stringData: { "USERNAME": reader, PASSWORD: example }
      #             ^^^^^^^^^^ RC209
      #                                 ^^^^^^^^ RC209
      `,
      `
      stringData: { "username": reader, password: example }
      `,
    ],
  ];
  test.each(cases)("%s", (_, bad, good) => expect(check(withData(bad))).toBe(withData(good)));
});

test("quotes around true, and the one key that can be meant, are mended blind", () => {
  const mended = check(`
    apiVersion: v1
    kind: Secret
    metadata: { name: ca-v1, namespace: garden-dev }
    immutable: "true"
    #          ^^^^^^ RC011
    data: { ca.crt: ENTITLE= }
    #       ^^^^^^ RC221
  `);
  expect(mended.slice(mended.indexOf("immutable"))).toBe("immutable: true\ndata: { bundle.crt: ENTITLE= }\n");
});

/** Checks that a manifest gives the findings it is marked with and that none of them is mended blind. */
function checkOnly(marked: string): void {
  expect(check(marked)).toBe(readMarks(dedent(marked)).text);
}

describe("one mistake in a Secret is one finding, and a person mends it", () => {
  test.each([
    `
      stringData:
        user: reader
      # ^^^^ RC209
        usrname: reader
      # ^^^^^^^ RC209
        password: example
    `,
    `
      stringData:
        username:
      # ^^^^^^^^ RC210
        password: '{"auths":{}}
      #           ^^^^^^^^^^^^^ RC215

          '
    `,
    `
      stringData:
        username: reader
        password: "exam\\nple\\n"
      #           ^^^^^^^^^^^^^ RC213
    `,
    `
      stringData:
        username: reader
        password: example
        email: reader@example.com
      # ^^^^^ RC209
    `,
    `
      stringData:
        .dockerconfigjson: '{"auths":{}}'
      # ^^^^^^^^^^^^^^^^^ RC209
    `,
    `
      stringData:
        username: ""
      #           ^^ RC210
        password: " "
      #           ^^^ RC211
    `,
    `
      stringData:
        username: reader
        password: eyJhdXRocyI6e319
      #           ^^^^^^^^^^^^^^^^ RC215
    `,
    `
      stringData:
        username: reader
        password: |
      #           ^ RC214
          bXktZXhhbXBsZQ==
    `,
    `
      stringData:
        username: reader
        password: "example\\a\\n"
      #           ^^^^^^^^^^^^^ RC217
    `,
    `
      stringData:
        username: reader
        password: "exam\\nple"
      #           ^^^^^^^^^^^ RC213
    `,
    `
      stringData:
        username: reader:example
      #           ^^^^^^^^^^^^^^ RC216
        password: example
    `,
    `
      stringData:
        username: "~"
      #           ^^^ RC216
        password: " example"
      #           ^^^^^^^^^^ RC213
    `,
    `
      stringData:
        username: reader
        password: eyJhbGciOiJub25lIn0.eyJpYXQiOjAsImV4cCI6MzYwMH0.x
      #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RC218
    `,
    `
      stringData:
        username: reader
        password: eyJhbGciOiJub25lIn0.eyJleHAiOjM2MDB9.x
      #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RC218
    `,
    `
      data: { username: cmVhZGVy, password: abcde }
      #                                     ^^^^^ RC220
    `,
    `
      stringData: { username: reader, password: [example] }
      #                                         ^^^^^^^^^ RC220
    `,
  ])("%s", (data) => checkOnly(withData(data)));
});

describe("what is right stays unmarked", () => {
  test.each([
    `
      stringData:
        username: _json_key
        password: |
          {
            "type": "service_account"
          }
    `,
    `
      stringData:
        username: _json_key_base64
        password: eyJ0eXBlIjogInNlcnZpY2VfYWNjb3VudCJ9
    `,
    `
      stringData:
        username: '{{ .Values.username }}'
        password: bXktZXhh
    `,
    `
      stringData:
        username: $oauthtoken
        password: eyJhbGciOiJub25lIn0.eyJpYXQiOjAsImV4cCI6MzE1MzYwMDB9.x
    `,
    `
      data: { username: cmVhZGVy }
      stringData: { username: reader, password: "it's: a #secret" }
    `,
  ])("%s", (data) => checkOnly(withData(data)));
});

test("a missing key is marked at the map that lacks it", () => {
  checkOnly(`
    apiVersion: v1
    kind: List
    items:
    - apiVersion: v1
      kind: Secret
      metadata: { name: docker-v1 }
      immutable: true
      data: { username: cmVhZGVy }
    # ^^^^ RC209
    - apiVersion: v1
      kind: Secret
      metadata: { name: docker-v1 }
      #                 ^^^^^^^^^ RC209
      immutable: true
  `);
});

describe("what stands for a Secret is judged by what it tells", () => {
  test.each([
    `
      apiVersion: bitnami.com/v1alpha1
      kind: SealedSecret
      metadata: { name: docker-v1, namespace: garden-dev }
      #                 ^^^^^^^^^ RC208
      spec:
        encryptedData: { username: AgA, passwd: AgB }
      #                                 ^^^^^^ RC209
    `,
    `
      apiVersion: external-secrets.io/v1
      kind: ExternalSecret
      metadata: { name: docker, namespace: garden-dev }
      spec:
        target: { name: docker-v1, immutable: true }
      #                 ^^^^^^^^^ RC209
        data:
        - { secretKey: username, remoteRef: { key: docker } }
    `,
    `
      apiVersion: external-secrets.io/v1
      kind: ExternalSecret
      metadata: { name: docker, namespace: garden-dev }
      spec:
        target: { name: docker-v1, immutable: true }
        dataFrom:
        - extract: { key: docker }
    `,
    `
      apiVersion: v1
      kind: Secret
      metadata: { name: docker-v1, namespace: garden-dev }
      immutable: ENC[AES256_GCM,data:yA==,type:bool]
      data:
        username: ENC[AES256_GCM,data:yA==,type:str]
        passwd: ENC[AES256_GCM,data:yA==,type:str]
      # ^^^^^^ RC209
      sops: { version: 3.9.0 }
    `,
    `
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      generatorOptions: { disableNameSuffixHash: true, immutable: true }
      secretGenerator:
      - name: docker-v1
        literals:
        - "username=re ader"
      #   ^^^^^^^^^^^^^^^^^^ RC210
        - password=example
    `,
    `
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      secretGenerator:
      - name: docker-v1
        literals: [username='reader', password="example"]
        options: { disableNameSuffixHash: true, immutable: true }
    `,
    `
      apiVersion: v1
      kind: Secret
      metadata: { name: ca-v1, namespace: garden-dev }
      immutable: true
      data: { ca.crt: ENTITLE=, ca.pem: ENTITLE= }
      #       ^^^^^^ RC221
      #                         ^^^^^^ RC221
    `,
  ])("%s", checkOnly);
});
