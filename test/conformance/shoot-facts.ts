import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A field of a Shoot as Gardener's own code has it. */
export interface ShootFact {
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly default?: unknown;
  readonly deprecated?: boolean;
  readonly immutableWhen?: string;
  readonly k8s?: { readonly from?: string; readonly forbiddenFrom?: string };
  readonly readOnly?: boolean;
  readonly opaque?: boolean;
  readonly ref?: string;
  readonly mergeKey?: string;
  readonly examples?: readonly string[];
}

/** All fields of a Shoot. */
export const shootFacts: readonly ShootFact[] = JSON.parse(
  readFileSync(join(import.meta.dirname, "cases/shoot-fields.json"), "utf8"),
);
