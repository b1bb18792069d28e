import type {
  Blocker,
  FileChange,
  FileFinish,
  FileRollback,
  FileRotation,
  Finding,
  Place,
  RotationNote,
} from "@registry-cache/core";
import { type Documents, type Range, rangeOf } from "./documents.ts";

/** What became of the files of a change. */
export interface JsonResult {
  /** Whether any file was written: not where the change was only shown or refused; with a problem it may be a part of them. */
  readonly written: boolean;
  /** What would be found after the change and is not found now. */
  readonly brought?: readonly Finding[];
  /** What the new credential came to where it was refused. */
  readonly probes?: readonly { readonly upstream: string; readonly remoteURL: string; readonly verdict: string }[];
  /** The commit that was made. */
  readonly commit?: string | undefined;
  readonly problem?: { readonly file?: string; readonly message: string };
}

/** A plan and what became of it, for machines. It holds no value of any Secret. */
export function renderRotationJson(
  { change, ...plan }: FileRotation | FileFinish | FileRollback,
  documents: Documents,
  { written, brought = [], ...more }: JsonResult,
): string {
  const notes = "notes" in plan ? { notes: plan.notes.map((it) => toJsonNote(it, documents)) } : {};
  return toText({ ...plan, ...notes, files: filesOf(change), findings: brought.map(toJsonFinding), written, ...more });
}

/** Why there is no plan, for machines. */
export function renderBlockersJson(blockers: readonly Blocker[], documents: Documents): string {
  return toText({
    state: "blocked",
    blockers: blockers.map(({ kind, code, message, place }) => ({
      kind,
      ...(code === undefined ? {} : { code }),
      message,
      ...toJsonPlace(place, documents),
    })),
    written: false,
  });
}

/** Prints a value as JSON that a person can read, too. */
export function toText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function filesOf({ creates, edits, deletes }: FileChange): object {
  return { created: creates.map((it) => it.uri), changed: edits.map((it) => it.uri), deleted: deletes };
}

function toJsonFinding({ code, name, severity, message, uri }: Finding): object {
  return { code, name, severity, message, file: uri };
}

function toJsonNote({ kind, message, place }: RotationNote, documents: Documents): object {
  return { kind, message, ...toJsonPlace(place, documents) };
}

/** A place with zero-based lines, as in the JSON of lint. */
export function toJsonPlace(
  place: Place | undefined,
  documents: Documents,
): { readonly file?: string; readonly range?: Range } {
  const document = place && documents(place.uri);
  return place === undefined || document === undefined ? {} : { file: place.uri, range: rangeOf(document, place.span) };
}
