import type { Workspace } from "../analyze/open-workspace.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import type { Span } from "../text/span.ts";
import { hoverChain } from "./hover-chain.ts";
import { hoverField } from "./hover-field.ts";
import { hoverRule } from "./hover-rule.ts";

/** What is shown of a place, in Markdown. No value of a Secret is ever in it. */
export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/** Where hovers come from. */
export type HoverSource = (file: ManifestFile, offset: number, workspace: Workspace) => Hover | undefined;

const sources: readonly HoverSource[] = [hoverRule, hoverChain, hoverField];

/** What is to be said of a place: of a rule that a comment names, of a name and its chain, of a field. The first of these that has an answer gives it. */
export function hover(file: ManifestFile, offset: number, workspace: Workspace): Hover | undefined {
  for (const source of sources) {
    const found = source(file, offset, workspace);
    if (found !== undefined) return found;
  }
  return undefined;
}
