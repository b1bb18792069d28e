import { shootWith } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { readManifests } from "../manifest/manifest.ts";
import { cacheSetups } from "./cache-setups.ts";

const resources = "- name: ref\n  resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 }";
const caches = "caches:\n- upstream: quay.io\n  secretReferenceName: ref";
const secret = (body: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: quay-v1 }\nimmutable: true\n${body}\n`;
const credentials = secret("stringData: { username: reader, password: example }");

function setups(...texts: readonly string[]) {
  return cacheSetups(texts.map((text, index) => readManifests(`${index}.yaml`, text)));
}

test("a cache is what its Shoot says, with the credential at the end of the chain", () => {
  const proxies = "  remoteURL: http://quay.example/\n  proxy: { httpProxy: http://a, httpsProxy: http://b }";
  expect(setups(shootWith({ caches: `${caches}\n${proxies}\n- upstream: docker.io`, resources }), credentials)).toEqual(
    [
      {
        uri: "0.yaml",
        shoot: "crazy-botany",
        namespace: undefined,
        upstream: "quay.io",
        remoteURL: "http://quay.example/",
        httpProxy: "http://a",
        httpsProxy: "http://b",
        credential: { kind: "known", secret: "quay-v1", username: "reader", password: "example", notUtf8: false },
      },
      {
        uri: "0.yaml",
        shoot: "crazy-botany",
        namespace: undefined,
        upstream: "docker.io",
        remoteURL: "https://registry-1.docker.io",
        httpProxy: undefined,
        httpsProxy: undefined,
        credential: { kind: "none" },
      },
    ],
  );
});

test.each([
  ["no entry", shootWith({ caches }), credentials, '"ref" is not declared in spec.resources'],
  [
    "a ConfigMap",
    shootWith({ caches, resources: resources.replace("Secret", "ConfigMap") }),
    credentials,
    '"ref" names no Secret',
  ],
  ["no Secret", shootWith({ caches, resources }), "", 'Secret "quay-v1" is not in these files'],
  [
    "two Secrets",
    shootWith({ caches, resources }),
    `${credentials}---\n${credentials}`,
    'Secret "quay-v1" is there 2 times',
  ],
  [
    "no password",
    shootWith({ caches, resources }),
    secret("stringData: { username: reader }"),
    'Secret "quay-v1" lacks password',
  ],
  [
    "no base64",
    shootWith({ caches, resources }),
    secret("data: { username: '!', password: '!' }"),
    'Secret "quay-v1" cannot be decoded',
  ],
  [
    "an encrypted Secret",
    shootWith({ caches, resources }),
    secret("stringData: { username: 'ENC[x]', password: 'ENC[y]' }\nsops: {}"),
    'Secret "quay-v1" is a SopsSecret here, whose values are not readable',
  ],
] as const)("tells why there is no credential: %s", (_, shoot, other, reason) => {
  expect(setups(shoot, other).map((it) => it.credential)).toEqual([
    expect.objectContaining({ kind: "unknown", reason }),
  ]);
});

test("bytes that are no UTF-8 are told of", () => {
  const bytes = secret("data: { username: cmVhZGVy, password: /w== }");
  expect(setups(shootWith({ caches, resources }), bytes)[0]?.credential).toMatchObject({
    kind: "known",
    notUtf8: true,
  });
});

test("the end that a Secret declares goes along with its credential", () => {
  const declared = credentials.replace(
    "quay-v1 }",
    "quay-v1, annotations: { registry-cache-tools/expires-at: 2027-01-31 } }",
  );
  expect(setups(shootWith({ caches, resources }), declared)[0]?.credential).toMatchObject({
    declaredExpiry: Date.UTC(2027, 0, 31) / 1000,
  });
});
