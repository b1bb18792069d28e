import { applyEdits, conflict, type Edit, type Finding, type Fix, indexLines } from "@registry-cache/core";
import { describe, expect, test } from "vitest";
import { analyze } from "./analyze.ts";
import { corpus, type Fixture } from "./corpus.ts";

const fixtures = corpus();
const mendable = fixtures.filter(([, text]) => analyze(text).some((it) => it.fixes.length > 0));

function editsOf(fix: Fix): readonly Edit[] {
  return fix.edits.flatMap((it) => it.edits);
}

function safeEdits(findings: readonly Finding[]): readonly Edit[] {
  const kept: Edit[] = [];
  for (const { fixes } of findings) {
    const edits = fixes
      .filter((it) => it.safe)
      .slice(0, 1)
      .flatMap(editsOf);
    if (!conflict(kept, edits)) kept.push(...edits);
  }
  return kept;
}

/** Applies the safe fixes round after round until there are none; a fix that brings up itself again would go on for ever. */
function mend(text: string): string {
  let mended = text;
  for (let round = 0; round < 10; round += 1) {
    const edits = safeEdits(analyze(mended));
    if (edits.length === 0) return mended;
    mended = applyEdits(mended, edits);
  }
  throw new Error(`the fixes of this text do not end:\n${text}`);
}

function touchedLines(text: string, edits: readonly Edit[]): ReadonlySet<number> {
  const lines = indexLines(text);
  const touched = new Set<number>();
  for (const { span } of edits) {
    const last = lines.position(span.end).line;
    for (let line = lines.position(span.start).line; line <= last; line += 1) touched.add(line);
  }
  return touched;
}

/** What stands before the first touched line and after the last, which must not change by a byte. */
function frame(text: string, touched: ReadonlySet<number>): { readonly head: string; readonly tail: string } {
  const lines = indexLines(text);
  const head = text.slice(0, lines.offset({ line: Math.min(...touched), character: 0 }));
  const after = Math.max(...touched) + 1;
  return { head, tail: after < lines.lineCount ? text.slice(lines.offset({ line: after, character: 0 })) : "" };
}

test("the corpus has fixtures to mend, among them each rule that has a fix", () => {
  expect(mendable.length).toBeGreaterThan(100);
});

describe.each(mendable.map(([name, text]): Fixture => [name, text]))("%s", (_, text) => {
  const fixes = analyze(text).flatMap((it) => it.fixes.map((fix) => ({ code: it.code, fix })));

  test("each fix leaves the lines it does not touch as they are, and the text readable", () => {
    for (const { code, fix } of fixes) {
      const edits = editsOf(fix);
      const fixed = applyEdits(text, edits);
      const { head, tail } = frame(text, touchedLines(text, edits));
      expect({ code, title: fix.title, kept: fixed.startsWith(head) && fixed.endsWith(tail) }).toEqual({
        code,
        title: fix.title,
        kept: true,
      });
      const broken = analyze(fixed).filter((it) => /^RC00[134]$/.test(it.code));
      const before = analyze(text).filter((it) => /^RC00[134]$/.test(it.code));
      expect({ code, title: fix.title, broken }).toEqual({
        code,
        title: fix.title,
        broken: before.length === 0 ? [] : broken,
      });
    }
  });

  test("each fix changes each line that it touches, and none for nothing", () => {
    for (const { code, fix } of fixes) {
      for (const { span, text: replacement } of editsOf(fix)) {
        expect({ code, title: fix.title, same: text.slice(span.start, span.end) === replacement }).toEqual({
          code,
          title: fix.title,
          same: false,
        });
      }
    }
  });

  test("comments outlive the safe fixes, but for the one right above a removed entry and those that ignored nothing", () => {
    const mended = mend(text);
    const comments = text.split(/\r?\n/).flatMap((it) => (/#.*/.test(it) ? [it.slice(it.indexOf("#"))] : []));
    const gone = ["# nobody uses this", "# registry-cache: ignore RC102"].filter((it) => text.includes(it));
    expect(comments.filter((it) => !mended.includes(it))).toEqual(gone);
  });

  test("the safe fixes come to an end, and a second round changes nothing", () => {
    const mended = mend(text);
    expect(mend(mended)).toBe(mended);
  });
});
