import { decodeUtf8, type Result } from "@registry-cache/core";
import { type CancellationToken, ResponseError } from "vscode-jsonrpc";
import { isString, optional, shape } from "../guards.ts";
import { readManifestFiles } from "../manifest-texts.ts";
import { cancelled, lspErrors, type OwnMethods, waitingMethod } from "../method.ts";
import type { Credential, RotateRequests } from "../protocol/rotations.ts";
import type { Session } from "../session.ts";
import { refuseUntrusted } from "./trust.ts";

const secretFields = { name: isString, namespace: optional(isString) };
const credential = shape({ username: isString, password: isString });
const isSecret = shape(secretFields);
const isRotation = shape({ ...secretFields, credential });
const isPlanned = shape({ ...secretFields, credential, to: isString });

/** Rotates a credential in the saved files, with values that a person gives: the plan of `rotate -f`, in two steps. */
export const rotateMethods: OwnMethods<RotateRequests> = {
  "registryCache/oldUsername": waitingMethod(isSecret, async (session, given) => {
    return { username: await usernameOf(session, given) };
  }),
  "registryCache/planRotation": waitingMethod(isRotation, async (session, given) => {
    const refused = refuse(session, given);
    if (refused !== undefined) return refused;
    const { planEditorRotation } = await import("@registry-cache/operations");
    return answerOf(planEditorRotation(toRequest(session, given)));
  }),
  "registryCache/carryOutRotation": waitingMethod(isPlanned, async (session, given, token: CancellationToken) => {
    const refused = refuse(session, given);
    if (refused !== undefined) return refused;
    const { carryOutEditorRotation } = await import("@registry-cache/operations");
    if (token.isCancellationRequested) return cancelled();
    return answerOf(await carryOutEditorRotation(toRequest(session, given), given.to));
  }),
};

interface GivenSecret {
  readonly name: string;
  readonly namespace?: string | undefined | null;
}

interface GivenRotation extends GivenSecret {
  readonly credential: Credential;
}

function toRequest({ scan }: Session, { name, namespace, credential: given }: GivenRotation) {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return {
    folders: [...scan.folders],
    secret: { name, namespace: namespace ?? undefined },
    credential: given,
    today: parts.map((it) => String(it).padStart(2, "0")).join("-"),
  };
}

/** What only another program can write is for a terminal. */
function refuse(session: Session, { name, namespace }: GivenSecret): ResponseError | undefined {
  const untrusted = refuseUntrusted(session, "nothing is written");
  if (untrusted !== undefined) return untrusted;
  const manifests = session.files.workspace.garden.manifestsOf(name, namespace ?? undefined);
  const other = manifests.find((it) => it.form !== "Secret");
  if (other === undefined) return undefined;
  const message = `Secret "${name}" is a ${other.form} here; rotate it in a terminal with kubectl registry-cache rotate -f`;
  return new ResponseError(lspErrors.requestFailed, message);
}

/** Of a plain Secret, so that a person need not type it again; the one value that a client is ever told, and only when it asks for it. */
async function usernameOf(session: Session, { name, namespace }: GivenSecret): Promise<string | undefined> {
  const known = session.files.workspace.garden.manifestsOf(name, namespace ?? undefined);
  const files = await readManifestFiles(session, [...new Set(known.map((it) => it.uri))]);
  const secrets = files.flatMap((it) => it.documents.flatMap((document) => document.secrets));
  const [entry] = secrets
    .filter((it) => it.name === name && it.form === "Secret")
    .flatMap((it) => it.entries.filter(({ key }) => key === "username"));
  return entry?.bytes && decodeUtf8(entry.bytes).text;
}

function answerOf<T>(result: Result<T, string>): T | ResponseError {
  return result.ok ? result.value : new ResponseError(lspErrors.requestFailed, result.error);
}
