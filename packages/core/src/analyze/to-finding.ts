import type { Draft, Rule } from "../rules/rule.ts";
import type { Finding } from "../workspace/finding.ts";
import { keepsAnchors } from "./keeps-anchors.ts";

/** A file that findings lie in. */
export interface FileText {
  readonly uri: string;
  readonly text: string;
}

/** Makes a finding of what a rule yields for a file. A fix that would take away an anchor in use is not offered. */
export function toFinding({ code, name, severity }: Rule, { uri, text }: FileText, draft: Draft): Finding {
  const fixes = (draft.fixes ?? [])
    .filter((it) => keepsAnchors(text, it.edits))
    .map(({ title, safe, edits }) => ({ title, safe: safe === true, edits: [{ uri, edits }] }));
  const { span, message, related = [] } = draft;
  return { code, name, severity: draft.severity ?? severity, uri, span, message, related, fixes };
}
