import { conclude, type Finding, inspect, readManifests } from "@registry-cache/core";

/** The findings of a file by itself. */
export function lintText(text: string): readonly Finding[] {
  return conclude([inspect(readManifests("shoot.yaml", text))]).get("shoot.yaml") ?? [];
}
