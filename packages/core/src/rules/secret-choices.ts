import type { Shoot } from "../manifest/shoot.ts";
import { closest } from "../text/distance.ts";
import { replaceScalar } from "../yaml/edit.ts";
import type { DraftFix } from "./rule.ts";
import { type NamedEntry, namedEntries, secretEntries } from "./shoot-references.ts";

/**
 * The Secret entries that a place may have meant, as fixes: the one whose Secret it names, which is taken for the entry itself,
 * then the one with a similar name, then those that nothing else names.
 */
export function secretChoices(shoot: Shoot, { name }: NamedEntry): readonly DraftFix[] {
  const declared = [...new Set(secretEntries(shoot).flatMap((it) => (it.name ? [it.name.value] : [])))];
  const others = namedEntries(shoot).filter((it) => it.name.path !== name.path);
  const isFree = (secret: string): boolean => !others.some((it) => it.name.value === secret);
  const ofTarget = entriesOf(shoot, name.value);
  const similar = ofTarget[0] ?? closest(name.value, declared);
  const free = declared.filter((it) => it !== similar && it !== name.value && isFree(it));
  return [...(similar === undefined ? [] : [similar]), ...free.slice(0, 3)].map((choice) => ({
    title: `Change to "${choice}"`,
    safe:
      choice === similar &&
      (ofTarget.length === 1 || isCertain(name.value, choice, { free: isFree(choice), only: declared.length === 1 })),
    edits: [replaceScalar(shoot.text, name.node, choice)],
  }));
}

/** The names of the entries that stand for a Secret of this name. */
export function entriesOf(shoot: Shoot, secret: string): readonly string[] {
  return secretEntries(shoot).flatMap((it) => (it.name && it.target?.value === secret ? [it.name.value] : []));
}

/** Names that differ in a number are those of two Secrets, unless there is only one and nothing else uses it. */
function isCertain(
  written: string,
  choice: string,
  { free, only }: { readonly free: boolean; readonly only: boolean },
): boolean {
  const differsInNumber = written.replace(/\d+/g, "") === choice.replace(/\d+/g, "");
  return differsInNumber ? free && only : free || only;
}
