import type { Unseen } from "@registry-cache/operations";
import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** Says what could not be looked at, so that nobody takes a part for the whole. */
export function tellUnseen({ err }: Pick<Terminal, "err">, unseen: readonly Unseen[]): void {
  for (const { what, why } of unseen) err(`note: cannot see ${printable(what)}: ${printable(why)}\n`);
}
