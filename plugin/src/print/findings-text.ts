import type { Finding, Fix, Severity } from "@registry-cache/core";
import { type Document, type Documents, rangeOf } from "./documents.ts";
import { excerptOf } from "./excerpt.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

/** How findings are shown: `brief` is one line each. */
export interface TextStyle {
  readonly paint: Paint;
  readonly brief: boolean;
}

/** A Secret may be used by a thousand Shoots; nobody reads on after a few. */
const maxRelated = 5;

/** Shows a finding with its line, related places and fixes; undefined when its file cannot be read any more. */
export function renderFinding(finding: Finding, documents: Documents, { paint, brief }: TextStyle): string | undefined {
  const document = documents(finding.uri);
  if (document === undefined) return undefined;
  const { code, name, severity, message } = finding;
  const place = paint.bold(placeOf(finding, document));
  const head = `${place}  ${colorOf(severity, paint)(severity)}  ${paint.bold(code)} ${name}  ${printable(message)}\n`;
  if (brief) return head;
  const { line, text, carets } = excerptOf(document, finding.span);
  const gutter = String(line).padStart(4);
  const margin = " ".repeat(gutter.length);
  const notes = [...relatedNotes(finding, documents), ...finding.fixes.map((it) => fixNote(it, paint))];
  return [
    head,
    `${paint.dim(`${gutter} |`)} ${text}\n`,
    `${paint.dim(`${margin} |`)} ${colorOf(severity, paint)(carets)}\n`,
    ...notes.map((note) => `${margin} ${paint.dim("=")} ${note}\n`),
    "\n",
  ].join("");
}

function placeOf({ uri, span }: { readonly uri: string; readonly span: Finding["span"] }, document: Document): string {
  const { line, character } = rangeOf(document, span).start;
  return `${printable(uri)}:${line + 1}:${character + 1}`;
}

function colorOf(severity: Severity, paint: Paint): (text: string) => string {
  return { error: paint.red, warning: paint.yellow, info: paint.cyan }[severity];
}

function relatedNotes({ related, unlisted = 0 }: Finding, documents: Documents): readonly string[] {
  const shown = related.slice(0, maxRelated).flatMap((it) => {
    const document = documents(it.uri);
    return document === undefined ? [] : [`${placeOf(it, document)}: ${printable(it.message)}`];
  });
  const more = Math.max(0, related.length - maxRelated) + unlisted;
  return more > 0 ? [...shown, `and ${more} more places`] : shown;
}

function fixNote({ title, safe }: Fix, paint: Paint): string {
  return `${paint.green("fix")}: ${printable(title)}${safe ? " (applied by --fix)" : ""}`;
}
