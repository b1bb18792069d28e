import type { ManifestFile } from "../manifest/manifest.ts";
import type { Span } from "../text/span.ts";
import { type PathStep, pathAt } from "../yaml/path-at.ts";
import { documentAt } from "./document-at.ts";

/** What to select around a place, step by step: text, value, entry, map, item, list, document, file. The innermost first. */
export function selectionRanges(file: ManifestFile, offset: number): readonly Span[] {
  const { text } = file;
  const document = documentAt(file, offset);
  const steps = document?.root === undefined ? [] : pathAt(document.root, offset);
  const spans = [
    ...steps.toReversed().flatMap((it) => stepSpans(text, it, offset)),
    ...(document?.root ? [document.root.span] : []),
    ...(document ? [document.span] : []),
    { start: 0, end: text.length },
  ];
  const wider: Span[] = [];
  for (const it of spans) if (isWider(it, wider.at(-1), offset)) wider.push(it);
  return wider;
}

/** The texts around a place within one step: of a list or map only what is written out here. */
function stepSpans(text: string, step: PathStep, offset: number): readonly Span[] {
  const { value, alias } = step.kind === "entry" ? step.entry : step.item;
  const written = alias ?? value.span;
  const spans = [step.kind === "entry" ? step.entry.span : step.item.span, step.parent.span];
  if (step.part === "key") return [...withoutQuotes(text, step.entry.key.span, offset), ...spans];
  return step.part === "value" ? [...withoutQuotes(text, written, offset), ...spans] : spans;
}

function withoutQuotes(text: string, span: Span, offset: number): readonly Span[] {
  const inner = { start: span.start + 1, end: span.end - 1 };
  const quote = text[span.start];
  const quoted = (quote === '"' || quote === "'") && text[inner.end] === quote && inner.end > inner.start;
  return quoted && inner.start <= offset && offset <= inner.end ? [inner, span] : [span];
}

function isWider(span: Span, before: Span | undefined, offset: number): boolean {
  if (before === undefined) return span.start <= offset && offset <= span.end;
  const holds = span.start <= before.start && before.end <= span.end;
  return holds && span.end - span.start > before.end - before.start;
}
