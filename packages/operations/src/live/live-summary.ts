import { type SecretSummary, secretSummary } from "@registry-cache/core";
import type { ApiObject } from "@registry-cache/garden";
import { secretFile } from "./cache-setups.ts";

/** What is told of a Secret of a garden. */
export function liveSummary(secret: ApiObject, uses: SecretSummary["uses"]): SecretSummary {
  const [view] = secretFile(secret).documents.flatMap((it) => it.secrets);
  if (view === undefined) throw new Error("unreachable: an object with a name is read as a Secret");
  return secretSummary(view, uses);
}
