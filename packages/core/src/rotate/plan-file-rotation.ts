import { fail, type Result, succeed } from "../text/result.ts";
import type { Purpose } from "../workspace/workspace.ts";
import { blockingFindings } from "./blocking-findings.ts";
import { type ChainEntry, entriesNaming } from "./chain.ts";
import { chooseTarget, successorOf } from "./choose-target.ts";
import { type FoundSecret, findSecret } from "./find-secret.ts";
import { listEverywhere, newManifest, secretStep } from "./next-manifest.ts";
import { notesOf } from "./notes.ts";
import type { RotationRequest } from "./request.ts";
import { type Blocker, type FileRotation, noChange } from "./rotation.ts";
import { joinEdits, switchAll, switchSteps } from "./switch-shoots.ts";

/**
 * Plans the rotation of a Secret in manifests: the next version beside the old one, and every entry of the namespace's
 * Shoots that names the old one switched to it. Planned again after it was carried out, or after a part of it was, it
 * plans only what is left. Or says what must be mended first.
 */
export function planFileRotation(request: RotationRequest): Result<FileRotation, readonly Blocker[]> {
  const found = findSecret(request);
  if (!found.ok) return found;
  const { id } = found.value;
  const entries = entriesNaming(request.files, id);
  const blockers = blockingFindings(request.files, request.findingsOf, { id, manifest: found.value });
  if (blockers.length > 0) return fail(blockers);
  if (entries.length === 0) return planNothing(request, found.value);
  const purpose = purposeOf(found.value, entries, request);
  if (!purpose.ok) return fail([purpose.error]);
  return planSwitch(request, found.value, { entries, purpose: purpose.value });
}

interface Chain {
  readonly entries: readonly ChainEntry[];
  readonly purpose: Purpose;
}

function planSwitch(
  request: RotationRequest,
  found: FoundSecret,
  { entries, purpose }: Chain,
): Result<FileRotation, readonly Blocker[]> {
  const target = chooseTarget(request, found, purpose);
  if (request.resume === true && target.kind === "create") return fail([notBegun(found)]);
  const switched = switchAll(entries, target.name);
  if (!switched.ok) return switched;
  const made = target.kind === "create" ? newManifest(request, found, { name: target.name, purpose }) : undefined;
  if (made?.ok === false) return fail([made.error]);
  const manifest = made?.value;
  const uri = manifest?.uri ?? (target.kind === "reuse" ? target.manifest.file.uri : "");
  const form = target.kind === "reuse" ? target.manifest.secret.form : found.secret.form;
  const listed = listEverywhere(request, found, uri);
  const { name: from, namespace } = found.id;
  const step = secretStep(target, { namespace, purpose, form, uri });
  return succeed({
    state: "planned",
    namespace,
    from,
    to: target.name,
    purpose,
    form,
    steps: [step, ...listed.steps, ...switchSteps(entries, target.name)],
    notes: notesOf(request, found, { entries, target, form }),
    change: {
      edits: joinEdits([...listed.edits, ...switched.value]),
      creates: manifest ? [manifest] : [],
      deletes: [],
    },
  });
}

function notBegun({ id, file, secret }: FoundSecret): Blocker {
  const message = `no later version of Secret "${id.name}" is in these files, so no rotation is under way; begin one with rotate`;
  return { kind: "not-begun", message, place: { uri: file.uri, span: secret.nameSpan } };
}

/** Nothing names the old Secret: either the rotation is behind us, or there is none to make. */
function planNothing(
  request: RotationRequest,
  { id, secret, file }: FoundSecret,
): Result<FileRotation, readonly Blocker[]> {
  const to = successorOf(request, id);
  const [use] = to === undefined ? [] : entriesNaming(request.files, { ...id, name: to }).flatMap((it) => it.uses);
  if (to === undefined || use === undefined) {
    const message = `no Shoot in these files uses Secret "${id.name}"`;
    return fail([{ kind: "not-used", message, place: { uri: file.uri, span: secret.nameSpan } }]);
  }
  const { purpose } = use;
  return succeed({
    state: "done",
    namespace: id.namespace,
    from: id.name,
    to,
    purpose,
    form: secret.form,
    steps: [],
    notes: [],
    change: noChange,
  });
}

function purposeOf(
  { id, secret, file }: FoundSecret,
  entries: readonly ChainEntry[],
  { values }: RotationRequest,
): Result<Purpose, Blocker> {
  const place = { uri: file.uri, span: secret.nameSpan };
  const [purpose, other] = new Set(entries.flatMap((it) => it.uses.map((use) => use.purpose)));
  if (purpose === undefined) {
    const message = `no cache and no mirror uses Secret "${id.name}", so what it must hold is not known`;
    return fail({ kind: "not-used", message, place });
  }
  if (other !== undefined) {
    const message = `Secret "${id.name}" is used both for credentials and as a CA bundle, which no Secret can be`;
    return fail({ kind: "broken-chain", message, place });
  }
  if (values === undefined || values.purpose === purpose) return succeed(purpose);
  const message = `Secret "${id.name}" holds ${contents[purpose]}, not ${contents[values.purpose]}`;
  return fail({ kind: "wrong-values", message, place });
}

const contents: { readonly [purpose in Purpose]: string } = {
  credentials: "username and password",
  "ca-bundle": "the CA bundle of a mirror",
};
