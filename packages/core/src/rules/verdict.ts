import type { AdmissionType } from "../workspace/finding.ts";
import type { Prediction, Webhook } from "./rule.ts";

/** What the rules of a webhook say of a field, once everything that comes before them is in order. */
export function verdict(webhook: Webhook, type: AdmissionType, field: string): Prediction {
  return { webhook, step: "rules", type, field };
}
