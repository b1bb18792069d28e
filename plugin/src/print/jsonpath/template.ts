/** One part of a template as kubectl writes them: text, or an expression in braces. */
export type Part =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "path"; readonly steps: readonly Step[] }
  | { readonly type: "range"; readonly steps: readonly Step[]; readonly body: readonly Part[] };

/** One step of a path. A list and a map are both searched by it, as kubectl does. */
export type Step =
  | { readonly type: "field"; readonly name: string }
  | { readonly type: "all" }
  | { readonly type: "slice"; readonly from: number | undefined; readonly to: number | undefined; readonly by: number }
  | { readonly type: "union"; readonly of: readonly Step[] }
  | { readonly type: "below" }
  | { readonly type: "filter"; readonly left: Operand; readonly operator: Operator; readonly right: Operand }
  | { readonly type: "exists"; readonly steps: readonly Step[] };

/** What a filter compares. */
export type Operand =
  | { readonly type: "value"; readonly value: string | number | boolean | null }
  | { readonly type: "path"; readonly steps: readonly Step[] };

/** How a filter compares. */
export type Operator = "==" | "!=" | "<" | "<=" | ">" | ">=";

/** A template that cannot be read: why, as the end of a sentence. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
}
