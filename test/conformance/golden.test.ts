import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  asShoot,
  type ExtensionType,
  liveSecret,
  namespace,
  resource,
  shootAround,
  shootInOrder,
} from "./build-shoot.ts";
import { compare, type Disagreement, type Recorded } from "./compare.ts";
import type { JsonObject } from "./write-manifest.ts";

/** A Secret as the records write it: plain texts, not base64. */
interface GoldenSecret {
  readonly name: string;
  readonly immutable?: boolean | null;
  readonly data: { readonly [key: string]: string };
}

/** A case from the Go tests of the extension, or one derived from its code. */
interface GoldenCase {
  readonly id: string;
  readonly validator: string;
  readonly providerConfig?: JsonObject;
  readonly oldProviderConfig?: JsonObject;
  readonly providerConfigField?: string;
  readonly shoot?: JsonObject;
  readonly oldShoot?: JsonObject;
  readonly secret?: GoldenSecret;
  readonly secretsInGarden?: readonly GoldenSecret[];
  readonly expectedErrors: Recorded["errors"];
  readonly expectedError?: { readonly contains?: string; readonly equals?: string };
}

/** Cases that no manifest can show, each with the reason. */
const beyondManifests: ReadonlyMap<string, string> = new Map([
  ["shoot-mirror-001", "the object is a Pod, and a Pod is none of our manifests"],
  ["shoot-cache-008", "the old object is a Pod, which an API server never sends for a Shoot"],
]);

const goodCredentials = liveSecret({
  name: "credentials-v1",
  immutable: true,
  data: { username: "john", password: "swordfish" },
});

test.each(["validation-cases", "derived-cases"])("%s get the recorded verdict", (name) => {
  const cases: readonly GoldenCase[] = JSON.parse(
    readFileSync(join(import.meta.dirname, `cases/${name}.json`), "utf8"),
  );
  const possible = cases.filter((it) => !beyondManifests.has(it.id));
  const disagreements = possible.flatMap(judge);
  for (const [validator, count] of countBy(possible)) console.log(`conformance: ${name}, ${validator}, ${count} cases`);
  for (const { id } of cases)
    if (beyondManifests.has(id)) console.log(`conformance: ${name}, ${id} left out: ${beyondManifests.get(id)}`);
  expect(disagreements).toEqual([]);
});

function judge(golden: GoldenCase): readonly Disagreement[] {
  if (golden.shoot !== undefined) return judgeShoot(golden, golden.shoot);
  if (golden.secret !== undefined) return judgeSecret(golden, golden.secret);
  return judgeConfig(golden);
}

function judgeConfig(golden: GoldenCase): readonly Disagreement[] {
  const { id, providerConfig = {}, oldProviderConfig } = golden;
  const type = providerConfig["kind"] === "MirrorConfig" ? "registry-mirror" : "registry-cache";
  const { shoot, cluster } = shootInOrder(type, providerConfig, goodCredentials);
  const old = oldProviderConfig && shootAround(type, oldProviderConfig);
  return compare(id, { manifests: [shoot], old, cluster }, recorded(golden));
}

/** Once as the Secret's manifest beside the Shoot, once as the garden has it. */
function judgeSecret(golden: GoldenCase, secret: GoldenSecret): readonly Disagreement[] {
  const { type, providerConfig } = userOf(golden.validator);
  const shoot = shootAround(type, providerConfig, [resource("ref", secret.name)]);
  const live = liveSecret(secret);
  const manifest = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: secret.name, namespace },
    immutable: secret.immutable,
    data: live.data,
  };
  return [
    ...compare(`${golden.id}, its manifest`, { manifests: [shoot, manifest] }, recorded(golden)),
    ...compare(
      `${golden.id}, in the garden`,
      { manifests: [shoot], cluster: { namespaces: [namespace], secrets: [live] } },
      recorded(golden),
    ),
  ];
}

function userOf(validator: string): { readonly type: ExtensionType; readonly providerConfig: JsonObject } {
  if (validator === "ValidateUpstreamRegistrySecret") {
    const caches = [{ upstream: "docker.io", secretReferenceName: "ref" }];
    return {
      type: "registry-cache",
      providerConfig: { apiVersion: "registry.extensions.gardener.cloud/v1alpha3", kind: "RegistryConfig", caches },
    };
  }
  const hosts = [{ host: "https://mirror.example.com", caBundleSecretReferenceName: "ref" }];
  const mirrors = [{ upstream: "docker.io", hosts }];
  return {
    type: "registry-mirror",
    providerConfig: { apiVersion: "mirror.extensions.gardener.cloud/v1alpha1", kind: "MirrorConfig", mirrors },
  };
}

function judgeShoot(golden: GoldenCase, shoot: JsonObject): readonly Disagreement[] {
  const { id, oldShoot, secretsInGarden } = golden;
  const cluster = secretsInGarden && { namespaces: [namespace], secrets: secretsInGarden.map(liveSecret) };
  return compare(id, { manifests: [asShoot(shoot)], old: oldShoot && asShoot(oldShoot), cluster }, recorded(golden));
}

function recorded({ expectedErrors, expectedError, providerConfigField }: GoldenCase): Recorded {
  const errors = expectedErrors.map(({ type, field }) => ({ type, field: fromRoot(providerConfigField ?? field) }));
  return {
    errors,
    refusal: expectedError && (expectedError.contains?.startsWith("failed to decode") ? "Decode" : "Denied"),
  };
}

/** Records of the bare validators count their fields from the providerConfig. */
function fromRoot(field: string): string {
  return field.startsWith("providerConfig") ? `spec.extensions[0].${field}` : field;
}

function countBy(cases: readonly GoldenCase[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { validator } of cases) counts.set(validator, (counts.get(validator) ?? 0) + 1);
  return counts;
}
