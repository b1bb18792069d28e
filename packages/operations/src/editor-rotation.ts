import {
  type Blocker,
  type FileRotation,
  maskSecrets,
  type NewValues,
  type RemoteChange,
  type Result,
  type SecretId,
} from "@registry-cache/core";
import { toPath, toUri } from "@registry-cache/files";
import type { StopSignal } from "@registry-cache/garden";
import type { Credential } from "@registry-cache/upstream";
import { type OpenRotation, openRotation } from "./rotation.ts";

/** A rotation in the folders of an editor, which it names as it names files. */
export interface EditorRotation {
  readonly folders: readonly string[];
  readonly secret: SecretId;
  /** Absent where a store has the new values, and where nobody was asked for them yet. */
  readonly credential: Credential | undefined;
  /** Where an ExternalSecret finds them there. */
  readonly remote: RemoteChange | undefined;
  /** The day, as `2026-01-31`. */
  readonly today: string;
}

/** How a rotation that was looked at is carried out. */
export interface EditorRotationStart {
  /** The new Secret that was shown. */
  readonly to: string;
  /** A file or an address with the certificate that kubeseal seals for; without one it asks the cluster. */
  readonly certificate: string | undefined;
  /** What to do where the cluster cannot be asked. */
  readonly withoutCluster: string;
  /** Stops it as long as nothing is written. */
  readonly signal: StopSignal;
}

/** What a rotation would do, to be looked at: no value of a Secret is in it. */
export interface RotationPreview {
  readonly from: string;
  readonly to: string;
  /** How many Shoots are switched. */
  readonly shootCount: number;
  readonly notes: readonly string[];
  /** The files before and after, with an empty text where one comes. */
  readonly changes: readonly { readonly uri: string; readonly before: string; readonly after: string }[];
}

/** Plans what `rotate -f` would do with the saved files; the error says in one line why it cannot be done. */
export function planEditorRotation(request: EditorRotation): Result<RotationPreview, string> {
  const planned = plan(request);
  if (!planned.ok) return planned;
  const { rotation, plan: found } = planned.value;
  const { from, to, steps, notes, change } = found;
  const shootCount = steps.filter((it) => it.do === "switch-shoot").length;
  const changes = rotation.changesOf(change).map(({ uri, before, after }) => {
    return { uri: toUri(uri), before: maskSecrets(before), after: maskSecrets(after) };
  });
  return { ok: true, value: { from, to, shootCount, notes: notes.map((it) => it.message), changes } };
}

/** Does what was planned, as `rotate -f` does it, provided that it still leads to the same Secret. Gives the files that were written. */
export async function carryOutEditorRotation(
  request: EditorRotation,
  { to, ...sealing }: EditorRotationStart,
): Promise<Result<readonly string[], string>> {
  const planned = plan(request);
  if (!planned.ok) return planned;
  const { rotation, plan: found } = planned.value;
  if (isEmpty(found)) return failed("the new values are missing; nothing was written");
  if (found.to !== to) return failed("the files have changed meanwhile, try again");
  const sealed = await rotation.seal(found.change, valuesOf(request), sealing);
  if (!sealed.ok) return failed(`${sealed.error.message}; nothing was written`);
  if (sealing.signal.aborted) return failed("cancelled; nothing was written");
  const written: string[] = [];
  const problem = await rotation.write(sealed.value, (_, uri) => written.push(toUri(uri)));
  if (problem === undefined) return { ok: true, value: written };
  return failed(`${problem.file}: ${problem.message}; ${whatIsLeft(found, written.length)}`);
}

/** What was sealed cannot be compared with values that are given again, so the same again would make another version. */
function whatIsLeft({ change }: FileRotation, written: number): string {
  if (written === 0) return "nothing was written";
  const resumes = change.creates.some((it) => it.sealing !== undefined);
  return `${written} files were written, ${resumes ? 'the view "Rotations"' : "the same again"} does the rest`;
}

interface Planned {
  readonly rotation: OpenRotation;
  readonly plan: FileRotation;
}

function plan(request: EditorRotation): Result<Planned, string> {
  const { folders, secret, remote, today } = request;
  const rotation = openRotation({ names: folders.flatMap((it) => toPath(it) ?? []), secret });
  const [problem] = rotation.problems;
  if (problem !== undefined) return failed(`${problem.file}: ${problem.message}; it may name the Secret`);
  const found = rotation.planRotation({ values: valuesOf(request), remote, today });
  if (!found.ok) return failed(reasonOf(found.error));
  const { state, from, to, change } = found.value;
  if (state === "done") return failed(`Secret "${from}" was replaced by "${to}" already, nothing is left to do`);
  // Gardener does not look at a Secret in a rotation, so this is the only check of its values.
  const brought = isEmpty(found.value) ? [] : rotation.findingsBrought(change);
  const broken = brought.find((it) => it.severity === "error");
  if (broken !== undefined) return failed(`the new Secret would not work: ${broken.code} ${broken.message}`);
  return { ok: true, value: { rotation, plan: found.value } };
}

/** It is only looked whether there can be a rotation at all. */
function isEmpty({ notes }: FileRotation): boolean {
  return notes.some((it) => it.kind === "empty-values");
}

function valuesOf({ credential }: EditorRotation): NewValues | undefined {
  return credential && { purpose: "credentials", ...credential };
}

function reasonOf([first, ...others]: readonly Blocker[]): string {
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  return `${first?.code ? `${first.code} ` : ""}${first?.message ?? "it is not possible"}${more}`;
}

function failed(error: string): { readonly ok: false; readonly error: string } {
  return { ok: false, error };
}
