import type { AdmissionStep, Prediction, Webhook } from "../rules/rule.ts";
import type { Finding } from "../workspace/finding.ts";

/** A finding on a Shoot together with what a webhook might say of it. */
export interface PredictedFinding {
  readonly finding: Finding;
  readonly prediction: Prediction | undefined;
}

/** How far a webhook gets with a Shoot: the step that ends it, or "unchanged" when it allows the update unseen. */
export type Reach = AdmissionStep | "unchanged";

const order: readonly Reach[] = ["runtime", "config", "decode", "previous", "unchanged", "lookup", "rules"];

/**
 * Finds the step at which a webhook ends: the first that fails. Later steps are never reached, so what they would say is not said.
 * `unchanged` is the early allow of an update that leaves the configuration as it was.
 */
export function reachOf(webhook: Webhook, predicted: readonly PredictedFinding[], unchanged: boolean): Reach {
  if (predicted.length === 0) return unchanged ? "unchanged" : "rules";
  const failing = predicted.flatMap(({ prediction }) => (prediction ? failingSteps(webhook, prediction) : []));
  const steps: readonly Reach[] = unchanged ? [...failing, "unchanged"] : failing;
  return order.find((it) => steps.includes(it)) ?? "rules";
}

function failingSteps(webhook: Webhook, prediction: Prediction): readonly Reach[] {
  if (prediction.webhook === webhook) return [prediction.step];
  // The mirrors' webhook decodes the caches, too, before it reports what its rules have found.
  return webhook === "registry-mirror" && prediction.step === "decode" ? ["lookup"] : [];
}

/** The findings with the admission verdict on those that the webhooks would really name, and on no other. */
export function withVerdicts(
  predicted: readonly PredictedFinding[],
  reach: { readonly [webhook in Webhook]: Reach },
): readonly Finding[] {
  const ended = new Set<Webhook>();
  return predicted.map(({ finding, prediction }) => {
    if (prediction === undefined || reach[prediction.webhook] !== prediction.step) return finding;
    // A failed decoding or look-up is one error without a field, however many fields are wrong.
    const ends = prediction.step === "decode" || prediction.step === "lookup";
    if (ends && ended.has(prediction.webhook)) return finding;
    if (ends) ended.add(prediction.webhook);
    return { ...finding, admission: { type: prediction.type, field: prediction.field } };
  });
}
