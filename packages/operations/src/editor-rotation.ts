import { type Blocker, type FileRotation, maskSecrets, type Result, type SecretId } from "@registry-cache/core";
import { toPath, toUri } from "@registry-cache/files";
import type { Credential } from "@registry-cache/upstream";
import { type OpenRotation, openRotation } from "./rotation.ts";

/** A rotation in the folders of an editor, which it names as it names files. */
export interface EditorRotation {
  readonly folders: readonly string[];
  readonly secret: SecretId;
  readonly credential: Credential;
  /** The day, as `2026-01-31`. */
  readonly today: string;
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
  to: string,
): Promise<Result<readonly string[], string>> {
  const planned = plan(request);
  if (!planned.ok) return planned;
  const { rotation, plan: found } = planned.value;
  if (found.to !== to) return failed("the files have changed meanwhile, try again");
  const sealed = rotation.seal(found.change, { purpose: "credentials", ...request.credential }, undefined);
  if (!sealed.ok) return failed(`${sealed.error.file}: ${sealed.error.message}`);
  const written: string[] = [];
  const problem = await rotation.write(sealed.value, (_, uri) => written.push(toUri(uri)));
  if (problem === undefined) return { ok: true, value: written };
  return failed(
    `${problem.file}: ${problem.message}; ${written.length} files were written, the same again does the rest`,
  );
}

interface Planned {
  readonly rotation: OpenRotation;
  readonly plan: FileRotation;
}

function plan({ folders, secret, credential, today }: EditorRotation): Result<Planned, string> {
  const rotation = openRotation({ names: folders.flatMap((it) => toPath(it) ?? []), secret });
  const [problem] = rotation.problems;
  if (problem !== undefined) return failed(`${problem.file}: ${problem.message}; it may name the Secret`);
  const found = rotation.planRotation({ values: { purpose: "credentials", ...credential }, today });
  if (!found.ok) return failed(reasonOf(found.error));
  const { state, from, to, change } = found.value;
  if (state === "done") return failed(`Secret "${from}" was replaced by "${to}" already, nothing is left to do`);
  // Gardener does not look at a Secret in a rotation, so this is the only check of its values.
  const broken = rotation.findingsBrought(change).find((it) => it.severity === "error");
  if (broken !== undefined) return failed(`the new Secret would not work: ${broken.code} ${broken.message}`);
  return { ok: true, value: { rotation, plan: found.value } };
}

function reasonOf([first, ...others]: readonly Blocker[]): string {
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  return `${first?.code ? `${first.code} ` : ""}${first?.message ?? "it is not possible"}${more}`;
}

function failed(error: string): { readonly ok: false; readonly error: string } {
  return { ok: false, error };
}
