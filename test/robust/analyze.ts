import { conclude, type Finding, inspect, readManifests, rules, summarizePrevious } from "@registry-cache/core";

/** The one file of a fixture's workspace. */
const uri = "fixture.yaml";

/** Checks a text as a workspace of one file, committed to Git, with itself as the version before. */
export function analyze(text: string): readonly Finding[] {
  const report = inspect(readManifests(uri, text), (shoot) => summarizePrevious(shoot));
  return conclude([report], { committed: new Set([uri]) }).get(uri) ?? [];
}

/** Fails when findings are not what core promises of any text: known codes, places inside the text, edits that fit. */
export function assertSound(text: string, findings: readonly Finding[]): void {
  const codes = new Set(rules.map((it) => it.code));
  for (const { code, span, message, fixes } of findings) {
    const spans = [span, ...fixes.flatMap((it) => it.edits.flatMap((file) => file.edits.map((edit) => edit.span)))];
    const inside = spans.every((it) => 0 <= it.start && it.start <= it.end && it.end <= text.length);
    if (!codes.has(code) || message === "" || message.includes("\n") || !inside) {
      throw new Error(`unsound finding ${code} ${JSON.stringify({ span, message })} in ${JSON.stringify(text)}`);
    }
  }
}
