import { showSpans } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { inspect } from "../analyze/inspect.ts";
import { openWorkspace } from "../analyze/open-workspace.ts";
import { readManifests } from "../manifest/manifest.ts";
import { applyFileChange, type FileTexts } from "./apply-file-change.ts";
import { resolveAction } from "./editor-actions.ts";
import { pendingFiles, pendingRotations } from "./pending.ts";
import { rotationStatus } from "./status.ts";

function shoot(name: string, target: string): string {
  return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: ${name}, namespace: garden-a }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches: [{ upstream: quay.io, secretReferenceName: quay }]
  resources:
  - { name: quay, resourceRef: { apiVersion: v1, kind: Secret, name: ${target} } }
`;
}

function secret(name: string, password = "invented"): string {
  return `apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: garden-a }
type: Opaque
immutable: true
stringData: { username: robot, password: "${password}" }
`;
}

function open(files: FileTexts) {
  const read = Object.entries(files).map(([uri, text]) => readManifests(uri, text));
  const workspace = openWorkspace(read.map((it) => inspect(it)));
  return { read, workspace, textOf: (uri: string) => read.find((it) => it.uri === uri) };
}

/** What is pending, in words. */
function pending(files: FileTexts): readonly string[] {
  const { workspace, read } = open(files);
  const needed = pendingFiles(workspace);
  const textOf = (uri: string) => read.find((it) => it.uri === uri && needed.includes(uri));
  return pendingRotations(workspace, textOf).map(({ from, to, next, switched, left, emptyValue }) => {
    const names = (them: readonly { readonly name: string | undefined }[]) => them.map((it) => it.name).join(",");
    const place = emptyValue ? ` ${showSpans(files[emptyValue.uri] ?? "", [emptyValue.span])}` : "";
    return `${from} -> ${to}: ${next}, switched ${names(switched)}, left ${names(left)}${place}`;
  });
}

describe("a rotation is pending", () => {
  test("while the new Secret is empty, with the place of its first empty value", () => {
    const files = { a: shoot("a", "quay-v1"), s: secret("quay-v1"), t: secret("quay-v2", "") };
    expect(pending(files)).toEqual([
      'quay-v1 -> quay-v2: fill-in, switched , left a stringData: { username: robot, password: ⟦""⟧ }',
    ]);
  });

  test("while some Shoots name an older version", () => {
    const files = {
      a: shoot("a", "quay-v1"),
      b: shoot("b", "quay-v2"),
      s: secret("quay-v1"),
      t: secret("quay-v2", "other"),
    };
    expect(pending(files)).toEqual(["quay-v1 -> quay-v2: switch, switched b, left a"]);
  });

  test("while the old version is left over", () => {
    const files = { a: shoot("a", "quay-v2"), s: secret("quay-v1"), t: secret("quay-v2", "other") };
    expect(pending(files)).toEqual(["quay-v1 -> quay-v2: finish, switched a, left "]);
  });
});

describe("nothing is pending", () => {
  test("where one version is there", () => {
    expect(pending({ a: shoot("a", "quay-v1"), s: secret("quay-v1") })).toEqual([]);
  });

  test("where nobody names any version, or the names only look alike", () => {
    expect(pending({ s: secret("quay-v1"), t: secret("quay-v2") })).toEqual([]);
    expect(pending({ a: shoot("a", "quay-v1"), s: secret("quay-v1"), t: secret("quay-robot") })).toEqual([]);
  });
});

test("it says what `rotate status` says of the same files", () => {
  for (const targets of [
    ["quay-v1", "quay-v2"],
    ["quay-v2", "quay-v2"],
    ["quay-v1", "quay-v1"],
  ]) {
    const files = {
      a: shoot("a", targets[0] ?? ""),
      b: shoot("b", targets[1] ?? ""),
      s: secret("quay-v1"),
      t: secret("quay-v2", "other"),
    };
    const { workspace, read, textOf } = open(files);
    const [found] = pendingRotations(workspace, textOf);
    const secretId = { name: "quay-v1", namespace: "garden-a" };
    const status = rotationStatus({ secret: secretId, files: read, kustomizations: [], findingsOf: () => [] });
    expect(status.ok && status.value.stage).toBe(found?.stage);
  }
});

describe("the rest of the Shoots is switched", () => {
  const files = { a: shoot("a", "quay-v1"), s: secret("quay-v1"), t: secret("quay-v2", "other") };
  const data = { do: "switch", name: "quay-v1", namespace: "garden-a", to: "quay-v2" };
  function resolved(texts: FileTexts): FileTexts | string {
    const { workspace, textOf } = open(texts);
    const result = resolveAction(data, textOf, workspace);
    return result.ok ? applyFileChange(texts, result.value) : result.error;
  }

  test("to the new Secret that is there, also when nobody names it yet", () => {
    expect(resolved(files)).toEqual({ ...files, a: shoot("a", "quay-v2") });
  });

  test("but not to one that a cache could not use", () => {
    expect(resolved({ ...files, t: secret("quay-v2", "other").replace("immutable: true", "immutable: false") })).toBe(
      'Secret "quay-v2" cannot be taken up: it must be immutable and hold username and password and nothing else',
    );
  });
});
