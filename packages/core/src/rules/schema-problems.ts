import type { DecodeProblem } from "../manifest/decode.ts";
import type { Shoot } from "../manifest/shoot.ts";
import type { Prediction, Webhook } from "./rule.ts";

/** A problem of one kind in a Shoot, and what a webhook would say of it when it lies in a providerConfig. */
export interface ShootProblem<K extends DecodeProblem["kind"]> {
  readonly problem: Extract<DecodeProblem, { readonly kind: K }>;
  readonly admission: Prediction | undefined;
}

/** The problems of one kind that keep a Shoot from fitting its schema, in the Shoot itself and in the configurations we know. */
export function* shootProblems<K extends DecodeProblem["kind"]>(shoot: Shoot, kind: K): Iterable<ShootProblem<K>> {
  for (const problem of shoot.schemaProblems) if (isKind(problem, kind)) yield { problem, admission: undefined };
  yield* configProblems(shoot.registryCache?.decodeProblems ?? [], "registry-cache", kind);
  yield* configProblems(shoot.registryMirror?.decodeProblems ?? [], "registry-mirror", kind);
}

function* configProblems<K extends DecodeProblem["kind"]>(
  problems: readonly DecodeProblem[],
  webhook: Webhook,
  kind: K,
): Iterable<ShootProblem<K>> {
  for (const problem of problems) {
    // Every problem predicts the failure to decode; the analysis leaves it with the first one only.
    if (isKind(problem, kind))
      yield { problem, admission: { webhook, step: "decode", type: "Decode", field: problem.path } };
  }
}

function isKind<K extends DecodeProblem["kind"]>(
  problem: DecodeProblem,
  kind: K,
): problem is Extract<DecodeProblem, { readonly kind: K }> {
  return problem.kind === kind;
}
