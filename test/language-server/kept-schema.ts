import { shootModel } from "@registry-cache/core";
import { printKeptSchema } from "@registry-cache/garden";
import { gardenerOpenApi, type OpenApiChanges } from "@registry-cache/testkit";
import { shoot } from "../cli/manifests.ts";

/** How a garden's Shoots differ from those that we know. */
export const gardenChanges: OpenApiChanges = {
  newer: { "spec.provider.workers[].bootMode": { type: "string", description: "How machines start." } },
  without: ["spec.systemComponents"],
};

/** What `schema show -o json` prints of such a garden. */
export function keptSchema(): string {
  const model = shootModel(gardenerOpenApi(gardenChanges));
  if (model === undefined) throw new Error("unreachable: the document describes Shoots");
  return printKeptSchema({
    server: "https://garden/",
    context: "test",
    hash: "1",
    pulled: "2026-01-01T00:00:00Z",
    model,
  });
}

/** A Shoot with a field that only the garden knows, and one that only we know. */
export const newerShoot: string = shoot({ name: "newer" }).replace(
  "\nspec:\n",
  "\nspec:\n  systemComponents: {}\n  provider: { workers: [{ name: a, bootMode: uefi }] }\n",
);
