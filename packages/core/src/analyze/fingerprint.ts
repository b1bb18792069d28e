import { sha256Hex } from "../encoding/sha256.ts";
import { maskSecrets } from "../manifest/mask.ts";
import { indexLines } from "../text/line-index.ts";
import type { Finding } from "../workspace/finding.ts";

/**
 * A mark for each finding of one file, by which it is known again after edits elsewhere: made of the file's name, the code and
 * what the line says, and counted where lines are alike. No value of a Secret goes into it.
 */
export function fingerprintsOf(file: string, text: string, findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [];
  const lines = indexLines(text);
  const masked = indexLines(maskSecrets(text));
  const seen = new Map<string, number>();
  return findings.map(({ code, span }) => {
    const line = masked.line(lines.position(span.start).line).trim().replace(/\s+/g, " ");
    const content = [file, code, line].join("\0");
    const before = seen.get(content) ?? 0;
    seen.set(content, before + 1);
    return sha256Hex(`${content}\0${before}`).slice(0, 32);
  });
}
