import {
  type ClusterFacts,
  conclude,
  type Finding,
  inspect,
  type PreviousShoot,
  readManifests,
  summarizePrevious,
} from "@registry-cache/core";
import { type JsonObject, type WritingStyle, writeManifest } from "./write-manifest.ts";

/** What to judge: the manifests of a workspace, the Shoot first. */
export interface Situation {
  readonly manifests: readonly JsonObject[];
  readonly old?: JsonObject | undefined;
  readonly cluster?: ClusterFacts | undefined;
}

/** What the real validator said: its field errors, or why it said none. */
export interface Recorded {
  readonly errors: readonly { readonly type: string; readonly field: string }[];
  readonly refusal?: "Decode" | "Denied" | undefined;
}

/** A disagreement with the real validator. */
export interface Disagreement {
  readonly id: string;
  readonly style: WritingStyle;
  readonly recorded: readonly string[];
  readonly ours: readonly string[];
}

const styles: readonly WritingStyle[] = ["JSON", "block YAML"];

/** Judges a situation in both writing styles, and gives what differs from the recorded verdict. */
export function compare(id: string, situation: Situation, { errors, refusal }: Recorded): readonly Disagreement[] {
  const recorded = refusal === undefined ? sortedSet(errors.map(({ type, field }) => `${type} ${field}`)) : [refusal];
  return styles.flatMap((style) => {
    const verdicts = admissions(situation, style);
    // A refusal says no field, so that only its kind can be compared; there is exactly one finding that stands for it.
    const ours =
      refusal === undefined
        ? sortedSet(verdicts.map(({ type, field }) => `${type} ${field}`))
        : verdicts.map((it) => it.type);
    return String(ours) === String(recorded) ? [] : [{ id, style, recorded, ours }];
  });
}

function admissions(
  { manifests, old, cluster }: Situation,
  style: WritingStyle,
): readonly NonNullable<Finding["admission"]>[] {
  const previous = old && summarize(writeManifest(old, style));
  const files = manifests.map((it, index) => readManifests(`${index}.yaml`, writeManifest(it, style)));
  const reports = files.map((it) => inspect(it, () => previous));
  const findings = [...conclude(reports, cluster ? { cluster } : {}).values()].flat();
  return findings.flatMap(({ admission }) => (admission ? [admission] : []));
}

function summarize(text: string): PreviousShoot | undefined {
  const [shoot] = readManifests("old.yaml", text).documents.flatMap((it) => it.shoots);
  return shoot && summarizePrevious(shoot);
}

function sortedSet(items: readonly string[]): readonly string[] {
  return [...new Set(items)].sort();
}
