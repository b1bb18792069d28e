import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { schemas } from "@registry-cache/core";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { flattenSchema } from "./flatten-schema.ts";
import { lintText } from "./lint-text.ts";
import { sampleShoot, stepsOf } from "./sample-shoot.ts";
import { shootFacts } from "./shoot-facts.ts";
import { writeManifest } from "./write-manifest.ts";

const examples = join(import.meta.dirname, "shoots");

/** The parts of a Shoot that get a manifest each, with the version of Kubernetes that has all their fields. */
const parts: readonly (readonly [path: string, version: string])[] = [
  ["metadata", "1.33.4"],
  ["spec.addons", "1.34.1"],
  ["spec.cloudProfileName", "1.33.4"],
  ["spec.dns", "1.34.1"],
  ["spec.extensions", "1.33.4"],
  ["spec.hibernation", "1.33.4"],
  ["spec.kubernetes.clusterAutoscaler", "1.32.9"],
  ["spec.kubernetes.kubeAPIServer", "1.34.1"],
  ["spec.kubernetes.kubeControllerManager", "1.32.9"],
  ["spec.kubernetes.kubeScheduler", "1.34.1"],
  ["spec.kubernetes.kubeProxy", "1.33.4"],
  ["spec.kubernetes.kubelet", "1.35.0"],
  ["spec.kubernetes.verticalPodAutoscaler", "1.33.4"],
  ["spec.kubernetes.etcd", "1.33.4"],
  ["spec.networking", "1.33.4"],
  ["spec.maintenance", "1.33.4"],
  ["spec.monitoring", "1.33.4"],
  ["spec.provider.controlPlaneConfig", "1.33.4"],
  ["spec.provider.infrastructureConfig", "1.33.4"],
  ["spec.provider.workers", "1.35.0"],
  ["spec.provider.workersSettings", "1.33.4"],
  ["spec.purpose", "1.33.4"],
  ["spec.region", "1.33.4"],
  ["spec.secretBindingName", "1.33.4"],
  ["spec.seedName", "1.33.4"],
  ["spec.seedSelector", "1.33.4"],
  ["spec.resources", "1.33.4"],
  ["spec.tolerations", "1.33.4"],
  ["spec.exposureClassName", "1.33.4"],
  ["spec.systemComponents", "1.33.4"],
  ["spec.controlPlane", "1.33.4"],
  ["spec.schedulerName", "1.33.4"],
  ["spec.cloudProfile", "1.33.4"],
  ["spec.credentialsBindingName", "1.33.4"],
  ["spec.accessRestrictions", "1.33.4"],
  ["status", "1.33.4"],
];

test.each(readdirSync(examples))("the example %s has no finding", (name) => {
  expect(lintText(readFileSync(join(examples, name), "utf8"))).toEqual([]);
});

test.each(parts)("a Shoot with every field of %s has no finding but for deprecated fields", (path, version) => {
  const text = writeManifest(sampleShoot(path, { extent: "all", version }), "block YAML");
  const deprecated = shootFacts.filter((it) => it.deprecated && !it.readOnly && isIn(it.path, path));
  const outermost = deprecated.filter((it) => !deprecated.some((other) => isIn(it.path, other.path) && other !== it));
  const told = lintText(text).map(({ code, message }) => `${code} ${message.split(" ")[0]}`);
  expect(told).toEqual(outermost.map((it) => `RC020 "${it.path}"`));
});

test("these manifests together hold every field of a Shoot", () => {
  const written = new Set(parts.flatMap(([path, version]) => pathsOf(sampleShoot(path, { extent: "all", version }))));
  expect(shootFacts.map((it) => it.path).filter((it) => !written.has(it))).toEqual([]);
});

test("the examples hold every part of a Shoot that is not deprecated", () => {
  const written = new Set(
    readdirSync(examples).flatMap((it) => pathsOf(parse(readFileSync(join(examples, it), "utf8"), { merge: true }))),
  );
  const wanted = shootFacts.filter((it) => !it.deprecated && /^spec\.\w+$/.test(it.path)).map((it) => it.path);
  expect(wanted.filter((it) => !written.has(it))).toEqual([]);
});

/** The paths of the schema that a value has something at. */
function pathsOf(shoot: unknown): readonly string[] {
  return flattenSchema(schemas.shoot).flatMap(({ path }) => (isAt(shoot, stepsOf(path)) ? [path] : []));
}

function isAt(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true;
  if (step === "[]") return Array.isArray(value) && value.some((it) => isAt(it, rest));
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, it]) => (step === "*" || name === step) && isAt(it, rest));
}

function isIn(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);
}
