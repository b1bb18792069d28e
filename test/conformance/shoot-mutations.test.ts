import type { Finding } from "@registry-cache/core";
import { describe, expect, test } from "vitest";
import { type FieldPlace, findField } from "./find-field.ts";
import { lintText } from "./lint-text.ts";
import { type Steps, sampleKey, sampleShoot, stepsOf } from "./sample-shoot.ts";
import { type ShootFact, shootFacts } from "./shoot-facts.ts";
import { isObject, type Json, type JsonObject, writeManifest } from "./write-manifest.ts";

// The kind decides whether a manifest is a Shoot at all.
const facts = shootFacts.filter((it) => it.path !== "kind").map((it): [string, ShootFact] => [it.path, it]);
const ofUsers = facts.filter(([, it]) => !it.readOnly);
/** Required, and yet the server fills them in, or all that they must hold. */
const filledIn = [
  "spec.kubernetes",
  "spec.kubernetes.version",
  "spec.kubernetes.kubeAPIServer.encryptionConfig.provider",
];
const named = ofUsers.filter(([path]) => !/\[\]$|\.\*$|"\]$/.test(path));

describe("a field that does not exist gets one finding on its key, beside", () => {
  test.each(named)("%s", (_, fact) => {
    const { steps, text } = sampleWith(fact, ({ parent, name, value }) => ({
      ...parent,
      [name]: value,
      [misspell(name)]: true,
    }));
    const { key } = findField(text, [...steps.slice(0, -1), misspell(steps.at(-1) ?? "")]);
    expect(told(text)).toEqual([{ code: "RC010", place: key }]);
  });
});

describe("the misspelt name of a field gets its right name as the first fix:", () => {
  test.each(named.filter(([, it]) => !it.required && !it.deprecated && it.path !== "metadata" && it.path !== "spec"))(
    "%s",
    (path, fact) => {
      const { steps, text } = sampleWith(fact, ({ parent, name, value }) => {
        const { [name]: _, ...others } = parent;
        return { ...others, [misspell(name)]: value };
      });
      const found = lintText(text).find(
        (it) => it.code === "RC010" && it.message.includes(misspell(steps.at(-1) ?? "")),
      );
      expect(found?.fixes[0]?.title, path).toBe(`Change to "${steps.at(-1)}"`);
    },
  );
});

describe("a value of another type gets one finding on it:", () => {
  test.each(ofUsers)("%s", (_, fact) => {
    const { steps, text } = sampleWith(fact, ({ parent, name }) => ({ ...parent, [name]: otherType(fact.type) }));
    expect(told(text)).toEqual([{ code: "RC011", place: findField(text, steps).value }]);
  });
});

describe("a field that is required and missing gets one finding on what should hold it:", () => {
  test.each(ofUsers.filter(([, it]) => it.required && !isFilledIn(it)))("%s", (path, fact) => {
    const { steps, text } = sampleWith(fact, without);
    expect(told(text)).toEqual([
      { code: judges(path) ?? "RC012", place: holderOf(findField(text, steps.slice(0, -1)), text) },
    ]);
  });
});

describe("a field that the server fills in is never missing:", () => {
  test.each(ofUsers.filter(([, it]) => isFilledIn(it)))("%s", (_, fact) => {
    expect(told(sampleWith(fact, without).text)).toEqual([]);
  });
});

describe("a value that is not supported gets one finding on it:", () => {
  test.each(ofUsers.filter(([, it]) => it.enum !== undefined))("%s", (path, fact) => {
    const { steps, text } = sampleWith(fact, ({ parent, name }) => ({ ...parent, [name]: `${fact.enum?.[0]}x` }));
    expect(told(text)).toEqual([{ code: judges(path) ?? "RC013", place: findField(text, steps).value }]);
  });
});

describe("a value in a wrong form gets one finding on it:", () => {
  const formats = ["duration", "quantity", "int32", "int64", "int-or-percent", "date-time"];
  test.each(ofUsers.filter(([, it]) => formats.includes(it.format ?? "")))("%s", (_, fact) => {
    const wrong = fact.type === "integer" ? 1e20 : "one of 7";
    const { steps, text } = sampleWith(fact, ({ parent, name }) => ({ ...parent, [name]: wrong }));
    expect(told(text)).toEqual([{ code: "RC014", place: findField(text, steps).value }]);
  });
});

describe("a deprecated field gets a warning on its key:", () => {
  test.each(ofUsers.filter(([, it]) => it.deprecated))("%s", (path, fact) => {
    const { steps, text } = sampleWith(fact);
    const outer = path.startsWith("spec.dns.providers") ? steps.slice(0, 3) : steps;
    const found = lintText(text).map(({ code, severity, span }) => ({ code, severity, place: [span.start, span.end] }));
    expect(found).toEqual([{ code: "RC020", severity: "warning", place: findField(text, outer).key }]);
  });
});

describe("a field that a version of Kubernetes does not have gets one finding on its key for it:", () => {
  test.each(ofUsers.filter(([, it]) => it.k8s))("%s", (_, fact) => {
    const { steps, text } = sampleWith(fact, undefined, fact.k8s?.forbiddenFrom ?? "1.34.2");
    const found = told(text).filter((it) => it.code === "RC021");
    expect(found).toEqual([{ code: "RC021", place: findField(text, steps).key }]);
  });
});

describe("what only the server writes is taken as it is:", () => {
  test.each(facts.filter(([, it]) => it.readOnly))("%s", (_, fact) => {
    const { text } = sampleWith(fact, ({ parent, name }) => ({ ...parent, [name]: otherType(fact.type) }));
    expect(told(text)).toEqual([]);
  });
});

interface Field {
  readonly parent: JsonObject;
  readonly name: string;
  readonly value: Json | undefined;
}

/** A whole Shoot with the field, changed where it stands. */
function sampleWith(
  { path }: ShootFact,
  change: (field: Field) => JsonObject = ({ parent }) => parent,
  version = isNew(path) ? "1.35.0" : "1.32.9",
): { readonly steps: Steps; readonly text: string } {
  const steps = stepsOf(path);
  const shoot = changeAt(sampleShoot(path, { extent: "needed", version }), steps, change);
  return { steps, text: writeManifest(isObject(shoot) ? shoot : {}, "block YAML") };
}

function isNew(path: string): boolean {
  return shootFacts.some((it) => it.k8s?.from !== undefined && path.startsWith(it.path));
}

function changeAt(value: Json, [step = "", ...rest]: Steps, change: (field: Field) => JsonObject): Json {
  if (step === "[]" && Array.isArray(value)) {
    if (rest.length > 0) return [changeAt(value[0], rest, change)];
    // An item has no name; it gets one, so that the same changes fit.
    return Object.values(change({ parent: {}, name: "item", value: value[0] })).flatMap((it) => it ?? []);
  }
  if (!isObject(value)) return value;
  const name = step === "*" ? sampleKey : step;
  if (rest.length === 0) return change({ parent: value, name, value: value[name] });
  return { ...value, [name]: changeAt(value[name] ?? {}, rest, change) };
}

function without({ parent, name }: Field): JsonObject {
  const { [name]: _, ...others } = parent;
  return others;
}

/** The findings and their places; deprecated fields have a test of their own. */
function told(text: string): readonly { readonly code: string; readonly place: unknown }[] {
  return lintText(text)
    .filter((it: Finding) => it.code !== "RC020")
    .map(({ code, span }) => ({ code, place: [span.start, span.end] }));
}

/** Some fields are for rules that know more of them. */
function judges(path: string): string | undefined {
  if (/^spec\.resources\[\]\.resourceRef\.(?:kind|apiVersion)$/.test(path)) return "RC223";
  return path === "spec.provider.workers[].cri.name" ? "RC017" : undefined;
}

function isFilledIn(fact: ShootFact): boolean {
  return fact.default !== undefined || filledIn.includes(fact.path);
}

function misspell(name: string): string {
  return `${name.slice(0, -1)}${name.slice(-1).repeat(2)}`;
}

function otherType(type: string): Json {
  if (type === "object" || type === "map" || type === "array") return "some text";
  return type.startsWith("string") || type.startsWith("integer|") ? true : "some text";
}

/** The key that holds a map; of an item of a list it is the first line, without the colon of a nested map. */
function holderOf({ key, value }: FieldPlace, text: string): readonly number[] {
  if (key !== undefined) return [...key];
  const start = text.lastIndexOf("-", value[0]);
  return [start, start + (/^.*?(?=:?\n)/.exec(text.slice(start))?.[0].length ?? 0)];
}
