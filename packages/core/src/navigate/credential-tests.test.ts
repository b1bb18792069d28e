import { shootWith, showSpans } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { inspect } from "../analyze/inspect.ts";
import { openWorkspace } from "../analyze/open-workspace.ts";
import { readManifests } from "../manifest/manifest.ts";
import { type CredentialTarget, credentialFiles, credentialSetups, credentialTests } from "./credential-tests.ts";

const entry = "- { name: quay, resourceRef: { apiVersion: v1, kind: Secret, name: ro-quay-v1 } }";
const named = (name: string, caches: string): string =>
  shootWith({ caches: `caches:\n${caches}`, resources: entry }).replace(
    "crazy-botany",
    `${name}, namespace: garden-dev`,
  );
const secret = (values: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: ro-quay-v1, namespace: garden-dev }\nimmutable: true\n${values}\n`;
const quay = "- { upstream: quay.io, secretReferenceName: quay }";
const files = {
  a: named("a", `${quay}\n- { upstream: ghcr.io }`),
  b: named("b", `- { upstream: quay.io, secretReferenceName: quay, remoteURL: 'https://other' }`),
  s: secret("stringData: { username: reader, password: example }"),
};

type Files = { readonly [uri: string]: string };

function open(texts: Files) {
  const read = Object.entries(texts).map(([uri, text]) => readManifests(uri, text));
  return { read, workspace: openWorkspace(read.map((it) => inspect(it))) };
}

describe("a credential can be tried", () => {
  function shown(uri: keyof typeof files): readonly unknown[] {
    const { workspace } = open(files);
    return credentialTests(readManifests(uri, files[uri]), workspace).map(({ span, target, hasCredential }) => [
      ...showSpans(files[uri], [span]),
      target,
      hasCredential,
    ]);
  }

  test("at the reference of a cache, and at the upstream of one that has none", () => {
    expect(shown("a")).toEqual([
      [
        "- { upstream: quay.io, secretReferenceName: ⟦quay⟧ }",
        { of: "cache", uri: "a", upstream: "quay.io", shoot: "a" },
        true,
      ],
      ["- { upstream: ⟦ghcr.io⟧ }", { of: "cache", uri: "a", upstream: "ghcr.io", shoot: "a" }, false],
    ]);
  });

  test("at a Secret that a cache uses, and at no other", () => {
    expect(shown("s")).toEqual([
      [
        "metadata: { name: ⟦ro-quay-v1⟧, namespace: garden-dev }",
        { of: "secret", name: "ro-quay-v1", namespace: "garden-dev" },
        true,
      ],
    ]);
    const alone = open({ s: files.s });
    expect(credentialTests(readManifests("s", files.s), alone.workspace)).toEqual([]);
  });
});

describe("what is tried", () => {
  function setups(target: CredentialTarget, texts: Files = files): readonly unknown[] {
    const { read, workspace } = open(texts);
    const needed = credentialFiles(target, workspace);
    return credentialSetups(
      target,
      read.filter((it) => needed.includes(it.uri)),
    ).map(({ shoot, remoteURL, credential }) => [shoot, remoteURL, credential]);
  }
  const known = { kind: "known", secret: "ro-quay-v1", username: "reader", password: "example", notUtf8: false };

  test("is one cache", () => {
    expect(setups({ of: "cache", uri: "b", upstream: "quay.io", shoot: "b" })).toEqual([["b", "https://other", known]]);
  });

  test("is every cache that a Secret is for", () => {
    expect(setups({ of: "secret", name: "ro-quay-v1", namespace: "garden-dev" })).toEqual([
      ["a", "https://quay.io", known],
      ["b", "https://other", known],
    ]);
  });

  test("is not known where the value is encrypted", () => {
    const sealed = `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: ro-quay-v1, namespace: garden-dev }
spec: { encryptedData: { username: AgBy, password: AgBz } }
`;
    const reason = 'Secret "ro-quay-v1" is a SealedSecret here, whose values are not readable';
    expect(setups({ of: "cache", uri: "a", upstream: "quay.io", shoot: "a" }, { ...files, s: sealed })).toEqual([
      ["a", "https://quay.io", { kind: "unknown", secret: "ro-quay-v1", reason }],
    ]);
  });
});
