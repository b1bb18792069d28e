import type { Workspace } from "../analyze/open-workspace.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import type { Secret } from "../manifest/secret.ts";
import type { Shoot } from "../manifest/shoot.ts";
import { fail, type Result, succeed } from "../text/result.ts";
import { overlaps, type Span } from "../text/span.ts";
import { layoutOf } from "../yaml/layout.ts";
import { type ActionData, readActionData } from "./action-data.ts";
import { entriesOf } from "./chain.ts";
import { editorRequest } from "./editor-workspace.ts";
import { folderOf } from "./kustomization.ts";
import { newSecretManifest } from "./new-secret.ts";
import { planFileFinish } from "./plan-file-finish.ts";
import { planFileRotation } from "./plan-file-rotation.ts";
import type { RotationRequest } from "./request.ts";
import type { Blocker, FileChange, FileFinish, FileRotation, SecretId } from "./rotation.ts";
import { planSwitch } from "./switch-rest.ts";
import { isLaterVersion, nextName } from "./versions.ts";

/** Something that an editor offers to do at a place; what it changes is worked out when it is chosen. */
export interface Action {
  readonly title: string;
  readonly kind: ActionData["do"];
  /** Plain JSON, to be handed to `resolveAction`. */
  readonly data: ActionData;
}

/** The rotation that can begin or end at a place, and the Secret that is missing there. `today` is for names that end with a date. */
export function editorActions(file: ManifestFile, span: Span, workspace: Workspace, today?: string): readonly Action[] {
  const day = today === undefined ? {} : { today };
  return file.documents
    .filter((it) => touches(it.span, span))
    .flatMap(({ shoots, secrets }) => [
      ...secrets.filter((it) => touches(it.root.span, span)).flatMap((it) => secretActions(it, { workspace, today })),
      ...shoots.flatMap((it) => entryActions(file, it, { span, workspace, today })),
    ])
    .map((it) => (it.data.do === "rotate" ? { ...it, data: { ...it.data, ...day } } : it));
}

/** Works out what a chosen action changes, from the texts as they are now; or says why it cannot be done. */
export function resolveAction(
  data: unknown,
  files: (uri: string) => ManifestFile | undefined,
  workspace: Workspace,
): Result<FileChange, string> {
  const action = readActionData(data);
  if (action === undefined) return fail("this is no action of a rotation");
  const { name, namespace } = action;
  const secret = { name, namespace };
  if (action.do === "create-secret") return createSecret(action, files(action.uri), workspace);
  const request = editorRequest(secret, files, workspace);
  const plan = planOf(action, request);
  if (!plan.ok) return fail(reasonOf(plan.error));
  const { state, from, to, change } = plan.value;
  // An action makes an empty Secret, which no program would seal.
  if (change.creates.some((it) => it.sealing !== undefined))
    return fail(
      `Secret "${from}" is sealed, so the new values are needed at once: "Rotate Credential..." of VS Code asks for them, and \`kubectl registry-cache rotate -f\` in a terminal`,
    );
  if (state === "planned") return succeed(change);
  return fail(`Secret "${from}" was rotated to "${to}" already; nothing is left to do`);
}

function planOf(
  action: Exclude<ActionData, { readonly do: "create-secret" }>,
  request: RotationRequest,
): Result<FileRotation | FileFinish, readonly Blocker[]> {
  switch (action.do) {
    case "rotate":
      return planFileRotation({ ...request, today: action.today });
    case "switch":
      return planSwitch(request, action.to);
    case "finish":
      return planFileFinish(request);
  }
}

function reasonOf([first, ...others]: readonly Blocker[]): string {
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  return `${first?.message ?? "it is not possible"}${more}`;
}

/** What an offer is made from. */
interface Offer {
  readonly workspace: Workspace;
  /** For names that end with a date. */
  readonly today: string | undefined;
}

function secretActions({ name, namespace, form }: Secret, { workspace, today }: Offer): readonly Action[] {
  const { garden } = workspace;
  const secret = { name, namespace };
  if (form !== "Secret") return [];
  if (garden.referencesTo(secret).length > 0) return [rotateAction(secret, { workspace, today })];
  const later = garden.secretNames(namespace).filter((it) => isLaterVersion(name, it));
  return later.some((it) => garden.referencesTo({ ...secret, name: it }).length > 0) ? [finishAction(secret)] : [];
}

/** What a version in use has replaced, and nothing names any more. */
function replacedBy({ name, namespace }: SecretId, { garden }: Workspace): readonly SecretId[] {
  return garden
    .secretNames(namespace)
    .filter((it) => isLaterVersion(it, name))
    .map((it) => ({ name: it, namespace }))
    .filter((it) => garden.referencesTo(it).length === 0)
    .filter((it) => garden.manifestsOf(it.name, namespace).some(({ form }) => form === "Secret"));
}

function finishAction(secret: SecretId): Action {
  return { title: `Finish rotation: remove ${secret.name}`, kind: "finish", data: { do: "finish", ...exact(secret) } };
}

function entryActions(
  { uri, documents }: ManifestFile,
  shoot: Shoot,
  { span, workspace, today }: Offer & { readonly span: Span },
): readonly Action[] {
  const own = entriesOf([{ uri, text: shoot.text, documents }], shoot.namespace?.value).filter(
    (it) => it.shoot === shoot,
  );
  const here = own.filter(({ entry, uses }) => [entry, ...uses].some((it) => touches(it.span, span)));
  return here.flatMap(({ entry, uses }): readonly Action[] => {
    const [use] = uses;
    if (use === undefined || entry.target === undefined) return [];
    const secret = { name: entry.target.value, namespace: shoot.namespace?.value };
    const manifests = workspace.garden.manifestsOf(secret.name, secret.namespace);
    if (manifests.some((it) => it.form === "Secret"))
      return [rotateAction(secret, { workspace, today }), ...replacedBy(secret, workspace).map(finishAction)];
    if (manifests.length > 0) return [];
    const title = `Create Secret "${secret.name}"`;
    const data = { do: "create-secret", ...exact(secret), uri, purpose: use.purpose } as const;
    return [{ title, kind: "create-secret", data }];
  });
}

function rotateAction(secret: SecretId, { workspace, today }: Offer): Action {
  const next = nextName(secret.name, new Set(workspace.garden.secretNames(secret.namespace)), { today });
  const title = `Rotate: create ${next} and switch references`;
  return { title, kind: "rotate", data: { do: "rotate", ...exact(secret) } };
}

/** JSON has no undefined. */
function exact({ name, namespace }: SecretId): { readonly name: string; readonly namespace?: string } {
  return namespace === undefined ? { name } : { name, namespace };
}

/** The manifest of a Secret that is only named, beside the Shoot that names it. */
function createSecret(
  { name, namespace, uri, purpose }: Extract<ActionData, { readonly do: "create-secret" }>,
  shoot: ManifestFile | undefined,
  workspace: Workspace,
): Result<FileChange, string> {
  if (workspace.garden.manifestsOf(name, namespace).length > 0) return fail(`Secret "${name}" has a manifest already`);
  const folder = folderOf(uri);
  const taken = new Set(workspace.uris());
  const file = [`${name}.yaml`, `${name}-secret.yaml`].map((it) => folder + it).find((it) => !taken.has(it));
  if (file === undefined) return fail(`the file "${name}.yaml" is there already and holds something else`);
  const newline = layoutOf(shoot?.text ?? "").newline;
  const manifest = newSecretManifest({ uri: file, secret: { name, namespace }, purpose, newline });
  return succeed({ edits: [], creates: [manifest], deletes: [] });
}

function touches(outer: Span, span: Span): boolean {
  return overlaps(outer, span) || (outer.start <= span.start && span.end <= outer.end);
}
