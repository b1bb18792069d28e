import type { Edit, Finding, Severity, Span } from "@registry-cache/core";
import type { Diagnostic, DiagnosticSeverity, DiagnosticTag, Range, TextEdit } from "vscode-languageserver-protocol";
import type { Client } from "./client.ts";
import type { KnownFiles } from "./known-files.ts";
import { rangeOf } from "./text-buffer.ts";

const severities: { readonly [severity in Severity]: DiagnosticSeverity } = { error: 1, warning: 2, info: 3 };

/** What an editor greys out, and what it strikes through. */
const tags: { readonly [rule: string]: DiagnosticTag } = {
  "resource-unused": 1,
  "ignore-unused": 1,
  "deprecated-field": 2,
  "unavailable-field": 2,
};

/** What a diagnostic of ours carries in `data`. */
export interface DiagnosticData {
  /** The rule's name. */
  readonly name: string;
}

/** The address of a rule's page. Nothing of it is on the web: the client gets the text from `registryCache/rulePage`. */
function rulePageUri(code: string): string {
  return `registry-cache:/rules/${code}.md`;
}

/** The range of a span of a file; undefined where the file is not open and nothing was noted there. */
export function toRange(files: KnownFiles, uri: string, span: Span): Range | undefined {
  const document = files.open.get(uri);
  if (document !== undefined) return rangeOf(document.buffer, span);
  const start = files.positionOf(uri, span.start);
  const end = files.positionOf(uri, span.end);
  return start && end && { start, end };
}

/** A file as the client spells it. */
export function toClientUri(files: KnownFiles, uri: string): string {
  return files.open.get(uri)?.clientUri ?? uri;
}

/** Edits of one file; undefined where a place of one is not known. */
export function toTextEdits(files: KnownFiles, uri: string, edits: readonly Edit[]): TextEdit[] | undefined {
  const converted: TextEdit[] = [];
  for (const { span, text } of edits) {
    const range = toRange(files, uri, span);
    if (range === undefined) return undefined;
    converted.push({ range, newText: text });
  }
  return converted;
}

/** The diagnostics of a file, in the order of its findings. */
export function toDiagnostics(files: KnownFiles, client: Client, uri: string): Diagnostic[] {
  return files.findingsOf(uri).flatMap((it) => toDiagnostic(files, client, it) ?? []);
}

/** One finding as editors have it. */
export function toDiagnostic(files: KnownFiles, client: Client, finding: Finding): Diagnostic | undefined {
  const { code, name, severity, uri, span, message } = finding;
  const range = toRange(files, uri, span);
  if (range === undefined) return undefined;
  const tag = tags[name];
  const related = client.showsRelated ? relatedOf(files, finding) : [];
  const data: DiagnosticData = { name };
  return {
    range,
    severity: severities[severity],
    code,
    ...(client.own.rulePages && client.linksCodes ? { codeDescription: { href: rulePageUri(code) } } : {}),
    source: "registry-cache",
    message,
    ...(tag === undefined ? {} : { tags: [tag] }),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
    data,
  };
}

function relatedOf(files: KnownFiles, { related }: Finding): NonNullable<Diagnostic["relatedInformation"]> {
  return related.flatMap(({ uri, span, message }) => {
    const range = toRange(files, uri, span);
    return range === undefined ? [] : [{ location: { uri: toClientUri(files, uri), range }, message }];
  });
}
