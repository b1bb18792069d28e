import { describe, expect, test } from "vitest";
import type { Schema } from "../schema/schema.ts";
import { schemas } from "../schema/schemas.ts";
import type { DocumentKind } from "./completion.ts";
import { essentials } from "./essentials.ts";
import { completionSources } from "./index.ts";
import { fieldSchema } from "./meaning.ts";
import { usual } from "./usual-values.ts";

const kinds: readonly DocumentKind[] = ["shoot", "registryConfig", "mirrorConfig", "secret", "settings"];

/** What the schema says of a path such as `caches[].upstream`. */
function schemaAt(kind: DocumentKind, path: string): Schema | undefined {
  const steps = path
    .replaceAll("[]", ".[]")
    .split(".")
    .filter((it) => it !== "");
  return kind === "unknown"
    ? undefined
    : steps.reduce<Schema | undefined>(
        (at, step) => at && (step === "[]" ? at.items : fieldSchema(at, step)),
        schemas[kind],
      );
}

function typeOf(schema: Schema | undefined): unknown {
  return schema?.enum === undefined ? schema?.type : "string";
}

describe("each source speaks where the schema has something", () => {
  const known = completionSources.filter((it) => it.kind !== undefined && it.kind !== "unknown" && it.fields);
  const places = known.flatMap(({ slot, kind = "unknown", fields = [] }) =>
    fields.map((it) => [slot, kind, it] as const),
  );

  test.each(places)("%s of %s at %s", (slot, kind, field) => {
    const types = { key: ["object"], item: ["array"], value: ["string", "boolean"] }[slot];
    expect(types).toContain(typeOf(schemaAt(kind, field)));
  });
});

describe("each usual value is of its field's type", () => {
  const values = kinds.flatMap((kind) =>
    Object.entries(usual[kind] ?? {}).flatMap(([field, all]) => all.map(({ value }) => [kind, field, value] as const)),
  );

  test.each(values)("%s at %s: %s", (kind, field, value) => {
    const type = typeOf(schemaAt(kind, field));
    expect(typeof value === "number" ? "integer" : typeof value).toBe(type);
  });
});

describe("each field that belongs into a new object is one of its fields", () => {
  const objects = kinds.flatMap((kind) =>
    Object.entries(essentials[kind] ?? {}).map(([field, names]) => [kind, field, names] as const),
  );

  test.each(objects)("%s at %s", (kind, field, names) => {
    const schema = schemaAt(kind, field) ?? {};
    expect(names.filter((it) => fieldSchema(schema, it) === undefined)).toEqual([]);
  });
});
