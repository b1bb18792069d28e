import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "./plugin.ts";

function explain(...args: readonly string[]): string {
  const { code, stdout, stderr } = run(["explain", ...args]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

test("explains a rule by its page, however it is named", () => {
  const page = readFileSync(join(import.meta.dirname, "../../packages/core/docs/rules/RC201.md"), "utf8");
  for (const name of ["RC201", "rc201", "reference-unresolved"]) expect(explain(name)).toBe(page);
});

test("explains a code of rendering or of running caches by its page, however it is named", () => {
  const page = readFileSync(join(import.meta.dirname, "../../packages/runtime/docs/codes/RC513.md"), "utf8");
  for (const name of ["RC513", "rc513", "login-rejected"]) expect(explain(name)).toBe(page);
  expect(explain("RC401").split("\n")[0]).toBe("# RC401 login-unknown");
  expect(JSON.parse(explain("RC513", "-o", "json"))).toEqual({
    kind: "code",
    code: "RC513",
    name: "login-rejected",
    severity: "error",
    summary: "The upstream rejects the login of the cache.",
    page,
  });
});

test("explains a field as kubectl does", () => {
  expect(explain("shoot.spec.resources")).toMatchInlineSnapshot(`
    "KIND:     Shoot
    VERSION:  core.gardener.cloud/v1beta1

    FIELD: resources <[]Object>

    DESCRIPTION:
        Objects of the project namespace that the Shoot refers to.

    FIELDS:
      name	<string> -required-
        The name by which the Shoot refers to the object; secretReferenceName points
        here.

      resourceRef	<Object> -required-
        The object in the project namespace.
    "
  `);
});

test("explains what a field takes, and since when", () => {
  expect(explain("spec.purpose")).toMatchInlineSnapshot(`
    "KIND:     Shoot
    VERSION:  core.gardener.cloud/v1beta1

    FIELD: purpose <string>

    DESCRIPTION:
        What the cluster is for. It decides on monitoring and on how carefully
        Gardener treats it. Default: evaluation.

    ENUM:
        evaluation
        testing
        development
        production
        infrastructure
    "
  `);
});

test.each([
  ["spec.resources", "shoot.spec.resources"],
  ["spec.resources", "shoots.spec.resources"],
  ["spec.resources", "Shoot.spec.resources"],
  ["spec.resources", ".spec.resources"],
  ["spec.resources", "spec.resources[0]"],
  ["spec.resources.name", "spec.resources[].name"],
  ["registryconfig.caches.volume.size", "caches[*].volume.size"],
  ["registryconfig.caches.upstream", "spec.extensions.providerConfig.caches.upstream"],
  ["registryconfig.caches.upstream", "spec.extensions[0].providerConfig.caches[0].upstream"],
  ["mirrorconfig.mirrors.hosts", "spec.extensions.providerConfig.mirrors.hosts"],
  ["secret.stringData", "stringData"],
  ["secret.immutable", "immutable"],
])("%s is also %s", (path, other) => {
  expect(explain(other)).toBe(explain(path));
});

test("a key of a map with free keys is explained by its values", () => {
  expect(explain('metadata.annotations["gardener.cloud/operation"]')).toContain("<string>");
  expect(explain("secret.data.password")).toContain("FIELD: password <string>");
});

test("shows all fields below as a tree", () => {
  expect(explain("registryconfig", "--recursive")).toMatchInlineSnapshot(`
    "KIND:     RegistryConfig
    VERSION:  registry.extensions.gardener.cloud/v1alpha3

    FIELDS:
      apiVersion	<string>
      kind	<string>
      caches	<[]Object>
        upstream	<string>
        remoteURL	<string>
        volume	<Object>
          size	<Quantity>
          storageClassName	<string>
        garbageCollection	<Object>
          ttl	<Duration>
        secretReferenceName	<string>
        proxy	<Object>
          httpProxy	<string>
          httpsProxy	<string>
        http	<Object>
          tls	<boolean>
        highAvailability	<Object>
          enabled	<boolean>
        serviceNameSuffix	<string>
    "
  `);
});

test("says as JSON what the schema says", () => {
  const { kind, document, path, field } = JSON.parse(explain("spec.kubernetes.version", "-o", "json"));
  expect({ kind, document, path }).toEqual({
    kind: "field",
    document: { kind: "Shoot", apiVersion: "core.gardener.cloud/v1beta1" },
    path: "spec.kubernetes.version",
  });
  expect(Object.keys(field)).toEqual(["name", "type", "required", "description", "facts", "fields"]);
  expect(JSON.parse(explain("RC208", "-o", "json"))).toMatchObject({ kind: "rule", code: "RC208", fix: "yes" });
});

test("no line of a field's text is wider than a terminal", () => {
  const lines = ["shoot", "spec.kubernetes.kubeAPIServer", "caches", "mirrors.hosts"].flatMap((it) =>
    explain(it).split("\n"),
  );
  expect(lines.filter((it) => it.length > 80)).toEqual([]);
});

test.each([
  [[], "must name what to explain, for example RC201, shoot or spec.resources"],
  [["RC999"], 'unknown code "RC999", "kubectl registry-cache rules" lists all'],
  [["reference-unresolvd"], 'unknown topic "reference-unresolvd", did you mean reference-unresolved?'],
  [["shot"], 'unknown topic "shot", did you mean shoot?'],
  [["spec.resorces"], 'unknown field "resorces" in spec of Shoot, did you mean resources?'],
  [["caches.remoteUrl"], 'unknown field "remoteUrl" in caches of RegistryConfig, did you mean remoteURL?'],
  [["caches.volume.zzz"], 'unknown field "zzz" in caches.volume of RegistryConfig, known are size, storageClassName'],
  [["remoteURL"], 'unknown topic "remoteURL", did you mean registryconfig.caches.remoteURL?'],
  [["spec.region.x"], "spec.region of Shoot has no fields that are known here"],
  [["constructor"], /^unknown topic "constructor"/],
  [["spec.constructor"], /^unknown field "constructor" in spec of Shoot/],
  [["spec.extensions.providerConfig.zzz"], "spec.extensions.providerConfig of Shoot has no fields that are known here"],
  [["\u001b[31mred"], /^unknown topic "\u241b\[31mred"/],
] as const)("%j is unknown", (args, message) => {
  const { code, stdout, stderr } = run(["explain", ...args]);
  expect([code, stdout, stderr.replace(/^error: |\n$/g, "")]).toEqual([
    2,
    "",
    typeof message === "string" ? message : expect.stringMatching(message),
  ]);
});
