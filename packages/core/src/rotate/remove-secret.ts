import type { Edit } from "../text/edit.ts";
import { removeItem } from "../yaml/edit.ts";
import { fieldOf, itemsOf } from "../yaml/node.ts";
import { parseYaml } from "../yaml/parse.ts";
import type { SecretManifest } from "./find-secret.ts";

/** Tells whether a file holds nothing but one Secret. */
export function isAlone({ file, secret }: Pick<SecretManifest, "file" | "secret">): boolean {
  if (secret.own !== secret.root) return false;
  const [only, ...others] = parseYaml(file.text).filter((it) => it.root !== undefined);
  return others.length === 0 && only?.root?.span.start === secret.root.span.start;
}

/** The edit that takes a Secret out of a file with others: its whole document, or its item of a list or of a kustomization's generators. */
export function removeSecret({ file, document, secret }: SecretManifest): Edit {
  const { text } = file;
  const root = parseYaml(text).find((it) => it.span.start === document.span.start)?.root;
  const list = fieldOf(root, secret.form === "SecretGenerator" ? "secretGenerator" : "items");
  const item = itemsOf(list).find(({ span }) => {
    return span.start <= secret.own.span.start && secret.own.span.end <= span.end;
  });
  if (list?.type === "seq" && item !== undefined) return removeItem(text, list, item);
  return {
    span: { start: startOfDocument(text, document.span.start, secret.root.span.start), end: document.span.end },
    text: "",
  };
}

/**
 * Where a document begins that goes: at its `---`. The first of a file may lack that, and what stands above it, such as a
 * licence, is about the whole file unless it stands right above the manifest.
 */
function startOfDocument(text: string, start: number, root: number): number {
  const head = text.slice(start, root);
  if (head.startsWith("---")) return start;
  const blank = [...head.matchAll(/\n[ \t]*\r?\n/g)].at(-1);
  return blank === undefined ? start : start + blank.index + blank[0].length;
}
