import type { Shoot } from "../manifest/shoot.ts";
import { immutabilities } from "../schema/schema.ts";
import { defaultText, type ImmutableField, immutableFields } from "../workspace/immutable-fields.ts";
import { setEntry } from "../yaml/edit.ts";
import { fieldOf } from "../yaml/node.ts";
import { breaksImmutability } from "./immutability.ts";
import { isBelow } from "./restricted-fields.ts";
import type { DraftFix, Rule } from "./rule.ts";

export const immutableField: Rule = {
  code: "RC022",
  name: "immutable-field",
  severity: "error",
  mirrors: "gardener/gardener pkg/api/core/validation/shoot.go",
  docs: {
    summary: "An update changes a field of the Shoot that cannot change, or changes it in a way that it cannot.",
    why: "The garden rejects the update. Most of these fields are fixed when the infrastructure is made: only a new Shoot can have others.",
  },
  example: {
    previous: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        region: eu-west-1
        kubernetes:
          version: 1.33.4
    `,
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        region: eu-central-1
      #         ^^^^^^^^^^^^ RC022
        kubernetes:
          version: 1.34.1
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        region: eu-west-1
        kubernetes:
          version: 1.34.1
    `,
  },

  needs: "previous",
  *checkShoot(shoot, previous) {
    if (previous === undefined) return;
    let outer: string | undefined;
    for (const field of immutableFields(shoot)) {
      const { path, span, schema } = field;
      const before = previous.immutable[field.key];
      const after = field.value ?? defaultText(field);
      if (before === undefined || schema.immutable === undefined || isBelow(path, outer)) continue;
      if (after === undefined && !isRemoval(shoot, field)) continue;
      if (!breaksImmutability(schema.immutable, { before, after, mayGo: hasCredentialsBinding(shoot) })) continue;
      outer = path;
      const was = before === "" ? "was set" : `was "${before}"`;
      const law = immutabilities[schema.immutable].replace(/^[A-Z]/, (it) => it.toLowerCase()).replace(/\.$/, "");
      yield { span, message: `"${path}" ${was}: ${law}`, fixes: restore(field, before, shoot.text) };
    }
  },
};

/** A patch that does not say a field leaves it, and the server may compute one. What is required and missing is RC012. */
function isRemoval({ isWhole, schemaProblems }: Shoot, { path, schema }: ImmutableField): boolean {
  if (!isWhole || schema.computed !== undefined) return false;
  return !schemaProblems.some((it) => it.kind === "missing-field" && (it.path === path || isBelow(path, it.path)));
}

function hasCredentialsBinding({ root }: Shoot): boolean {
  return fieldOf(fieldOf(root, "spec"), "credentialsBindingName") !== undefined;
}

function restore({ schema, parent, name }: ImmutableField, before: string, text: string): readonly DraftFix[] {
  if (schema.type !== "string" || parent === undefined || before === "") return [];
  return [{ title: `Change back to "${before}"`, edits: [setEntry(text, parent, name, before)] }];
}
