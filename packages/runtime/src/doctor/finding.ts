import { redacted } from "@registry-cache/core";
import type { RuntimeCode } from "../codes/runtime-code.ts";
import type { RuntimeFinding } from "./view.ts";

/** Makes a finding of a code; message and next step are the code's own. */
export function finding(code: RuntimeCode, subject: string, evidence: readonly string[]): RuntimeFinding {
  const { severity, name, docs } = code;
  const message = docs.summary.replace(/\.$/, "").replaceAll("`", "");
  const next = docs.next.replace(/\.$/, "").replaceAll("`", "");
  return { code: code.code, name, severity, subject, message, evidence, next };
}

/** A line of a log without what may hold a secret: logins in addresses and behind their names, and what the YAML parser quotes. */
export function shownLine(line: string): string {
  const hidden = line
    .replaceAll(/\/\/[^/\s"@]*@/g, "//")
    .replaceAll(/`[^`]*`/g, "`...`")
    .replaceAll(namedLogin, (_, name: string) => `${name}${redacted}`);
  return hidden.length > 300 ? `${hidden.slice(0, 300)}...` : hidden;
}

/** A configuration or a header that a program logs: the name, and its value in quotes or to the end of the line. */
const namedLogin =
  /(\b(?:username|password|passwd|authorization|\w*token)\\?["']?\s*[:=]\s*)(?:\\?"(?:[^"\\]|\\[^"])*\\?"|'(?:[^']|'')*'|\S.*)/gi;
