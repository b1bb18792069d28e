import type { Node, YamlProblem } from "./node.ts";
import { nextLine } from "./skip.ts";

/** What kubectl refuses in a text that is valid YAML: a tab in indentation, and a value on the line of `---`. */
export function refusals(part: string, root: Node | undefined, base: number): readonly YamlProblem[] {
  const found: YamlProblem[] = [];
  const marked = /^---[ \t]+(?=[^\s#])/.exec(part);
  if (marked) found.push(refusal(base + marked[0].length, "kubectl takes nothing but a comment behind `---`"));
  const tab = part.includes("\t") ? findTab(part, root, base) : undefined;
  if (tab !== undefined) found.push(refusal(base + tab, "kubectl takes no tab here; indent with spaces"));
  return found;
}

function refusal(start: number, message: string): YamlProblem {
  return { kind: "syntax", span: { start, end: start + 1 }, message };
}

/** The first tab that stands before a line's first key or value in block style; within values and brackets tabs are welcome. */
function findTab(part: string, root: Node | undefined, base: number): number | undefined {
  for (let line = 0; line < part.length; line = nextLine(part, line)) {
    const tab = tabInIndentation(part, line);
    if (tab !== undefined && !isCovered(root, base + tab)) return tab;
  }
  return undefined;
}

function tabInIndentation(part: string, line: number): number | undefined {
  for (let at = line; at < part.length; at += 1) {
    const character = part.charAt(at);
    if (character === "\t") return at;
    const announces = "-?:".includes(character) && " \t".includes(part.charAt(at + 1));
    if (character !== " " && !announces) return undefined;
  }
  return undefined;
}

function isCovered(node: Node | undefined, at: number): boolean {
  if (node === undefined || at < node.span.start || at >= node.span.end) return false;
  if (node.type === "scalar" || node.flow) return true;
  const members = node.type === "map" ? node.written : node.items;
  return members.some((it) => it.span.start <= at && at < it.span.end && isCovered(it.value, at));
}
