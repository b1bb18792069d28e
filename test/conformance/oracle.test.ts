import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LiveSecret } from "@registry-cache/core";
import { expect, test } from "vitest";
import { type ExtensionType, liveSecret, namespace, resource, shootAround, shootInOrder } from "./build-shoot.ts";
import { compare, type Disagreement, type Recorded } from "./compare.ts";
import type { Json, JsonObject } from "./write-manifest.ts";

/** One line of an oracle file: a random input and what the real Go validator said of it. */
interface OracleCase {
  readonly id: string;
  readonly input: JsonObject;
  readonly old?: JsonObject;
  readonly decodes: boolean;
  readonly errors: Recorded["errors"];
}

const goodCredentials = liveSecret({
  name: "credentials-v1",
  immutable: true,
  data: { username: "john", password: "swordfish" },
});
const goodBundle = liveSecret({
  name: "ca-bundle-v1",
  immutable: true,
  data: { "bundle.crt": readCases("oracle-casecret").flatMap(soundBundle)[0] ?? "" },
});

test("a RegistryConfig gets the verdict of the real validator", () => {
  expect(compareAll("oracle-config", (it) => configCase(it, "registry-cache"))).toEqual([]);
});

test("an update of a RegistryConfig gets the verdict of the real validator", () => {
  expect(compareAll("oracle-update", (it) => configCase(it, "registry-cache"))).toEqual([]);
});

test("a MirrorConfig gets the verdict of the real validator", () => {
  expect(compareAll("oracle-mirror", (it) => configCase(it, "registry-mirror"))).toEqual([]);
});

test.each(["beside the Shoot", "in the garden"] as const)(
  "a Secret of credentials %s gets the verdict of the real validator",
  (where) => {
    const config = cacheConfig({ upstream: "docker.io", secretReferenceName: "ref" });
    const field = "caches[0].secretReferenceName";
    expect(
      compareAll("oracle-secret", (it) => secretCase(it, { type: "registry-cache", config, field, where })),
    ).toEqual([]);
  },
);

test.each(["beside the Shoot", "in the garden"] as const)(
  "a Secret of a CA bundle %s gets the verdict of the real validator",
  (where) => {
    const config = mirrorConfig({ host: "https://mirror.example.com", caBundleSecretReferenceName: "ref" });
    const field = "mirrors[0].hosts[0].caBundleSecretReferenceName";
    expect(
      compareAll("oracle-casecret", (it) => secretCase(it, { type: "registry-mirror", config, field, where })),
    ).toEqual([]);
  },
);

function readCases(name: string): readonly OracleCase[] {
  const lines = readFileSync(join(import.meta.dirname, `cases/${name}.jsonl`), "utf8")
    .trimEnd()
    .split("\n");
  return lines.map((line): OracleCase => JSON.parse(line));
}

function compareAll(name: string, judge: (it: OracleCase) => readonly Disagreement[]): readonly Disagreement[] {
  const cases = readCases(name);
  const disagreements = cases.flatMap(judge);
  console.log(
    `conformance: ${name}, ${cases.length} cases, each in two writing styles, ${disagreements.length} disagreements`,
  );
  return disagreements;
}

function configCase({ id, input, old, decodes, errors }: OracleCase, type: ExtensionType): readonly Disagreement[] {
  const { shoot, cluster } = shootInOrder(type, input, type === "registry-cache" ? goodCredentials : goodBundle);
  const before = old && shootInOrder(type, old, goodCredentials).shoot;
  return compare(id, { manifests: [shoot], old: before, cluster }, { errors, refusal: decodes ? undefined : "Decode" });
}

interface SecretUse {
  readonly type: ExtensionType;
  readonly config: Json;
  readonly field: string;
  readonly where: "beside the Shoot" | "in the garden";
}

function secretCase(
  { id, input, errors }: OracleCase,
  { type, config, field, where }: SecretUse,
): readonly Disagreement[] {
  const live = toLive(input);
  const shoot = shootAround(type, config, [resource("ref", live.name)]);
  const expected = errors.map((it) => ({ ...it, field: `spec.extensions[0].providerConfig.${field}` }));
  const situation =
    where === "beside the Shoot"
      ? { manifests: [shoot, input] }
      : { manifests: [shoot], cluster: { namespaces: [namespace], secrets: [live] } };
  return compare(id, situation, { errors: expected });
}

function toLive(manifest: JsonObject): LiveSecret {
  const { metadata, immutable, data }: { metadata: { name: string }; immutable?: boolean; data: LiveSecret["data"] } =
    JSON.parse(JSON.stringify(manifest));
  return { namespace, name: metadata.name, ...(typeof immutable === "boolean" ? { immutable } : {}), data };
}

function soundBundle({ input, errors }: OracleCase): readonly string[] {
  const bundle = toLive(input).data?.["bundle.crt"];
  return errors.length === 0 && bundle !== undefined ? [Buffer.from(bundle, "base64").toString()] : [];
}

function cacheConfig(cache: JsonObject): JsonObject {
  return { apiVersion: "registry.extensions.gardener.cloud/v1alpha3", kind: "RegistryConfig", caches: [cache] };
}

function mirrorConfig(host: JsonObject): JsonObject {
  return {
    apiVersion: "mirror.extensions.gardener.cloud/v1alpha1",
    kind: "MirrorConfig",
    mirrors: [{ upstream: "docker.io", hosts: [host] }],
  };
}
