import { rules, selectsAny } from "@registry-cache/core";

/** The findings that a run is to tell: those of `select`, or all, without those of `ignore`. */
export interface Selection {
  readonly select?: readonly string[] | undefined;
  readonly ignore?: readonly string[] | undefined;
}

/** Tells whether the findings of a rule are to be told. */
export function isSelected(
  { select = [], ignore = [] }: Selection,
  it: { readonly code: string; readonly name: string },
): boolean {
  return (select.length === 0 || selectsAny(select, it)) && !selectsAny(ignore, it);
}

/** Tells whether the findings of a code are to be told, even when no rule has it any more. */
export function isSelectedCode(selection: Selection, code: string): boolean {
  return isSelected(selection, rules.find((it) => it.code === code) ?? { code, name: "" });
}
