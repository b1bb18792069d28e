import { decodeUtf8, type RemoteChange, type Result, remoteRefs, type SecretView } from "@registry-cache/core";
import { type CancellationToken, ResponseError } from "vscode-jsonrpc";
import { isBoolean, isString, listOf, optional, shape } from "../guards.ts";
import { readManifestFiles } from "../manifest-texts.ts";
import { cancelled, lspErrors, type OwnMethods, waitingMethod } from "../method.ts";
import type { RotateRequests } from "../protocol/rotations.ts";
import type { Session } from "../session.ts";
import { refuseUntrusted } from "./trust.ts";

const secretFields = { name: isString, namespace: optional(isString) };
const values = {
  credential: optional(shape({ username: isString, password: isString })),
  remote: optional(shape({ keys: listOf(isString), version: optional(isString), unchanged: isBoolean })),
};
const isSecret = shape(secretFields);
const isRotation = shape({ ...secretFields, ...values });
const isPlanned = shape({ ...secretFields, ...values, to: isString, certificate: optional(isString) });

/** Rotates a credential in the saved files, with values that a person gives: the plan of `rotate -f`, in two steps. */
export const rotateMethods: OwnMethods<RotateRequests> = {
  "registryCache/oldUsername": waitingMethod(isSecret, async (session, given) => {
    return { username: await usernameOf(session, given) };
  }),
  "registryCache/remoteKeys": waitingMethod(isSecret, async (session, given) => {
    const [external] = (await secretsOf(session, given)).filter((it) => it.form === "ExternalSecret");
    return external ? remoteRefs(external.root).map(({ key, version }) => ({ key, version })) : [];
  }),
  "registryCache/planRotation": waitingMethod(isRotation, async (session, given) => {
    const refused = refuseUntrusted(session, "nothing is written");
    if (refused !== undefined) return refused;
    const { planEditorRotation } = await import("@registry-cache/operations");
    return answerOf(planEditorRotation(toRequest(session, given)));
  }),
  "registryCache/carryOutRotation": waitingMethod(isPlanned, async (session, given, token: CancellationToken) => {
    const refused = refuseUntrusted(session, "nothing is written");
    if (refused !== undefined) return refused;
    const { carryOutEditorRotation } = await import("@registry-cache/operations");
    if (token.isCancellationRequested) return cancelled();
    const stop = new AbortController();
    const listening = token.onCancellationRequested(() => stop.abort());
    const { to, certificate } = given;
    const start = { to, certificate: certificate ?? undefined, withoutCluster, signal: stop.signal };
    const done = await carryOutEditorRotation(toRequest(session, given), start);
    listening.dispose();
    return answerOf(done);
  }),
};

const withoutCluster = 'with the setting "registryCache.sealing.certificate" no cluster is asked';

interface GivenSecret {
  readonly name: string;
  readonly namespace?: string | undefined | null;
}

interface GivenRotation extends GivenSecret {
  readonly credential?: { readonly username: string; readonly password: string } | undefined | null;
  readonly remote?:
    | (Omit<RemoteChange, "version"> & { readonly version?: string | undefined | null })
    | undefined
    | null;
}

function toRequest({ scan }: Session, { name, namespace, credential, remote }: GivenRotation) {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return {
    folders: [...scan.folders],
    secret: { name, namespace: namespace ?? undefined },
    credential: credential ?? undefined,
    remote: remote ? { ...remote, version: remote.version ?? undefined } : undefined,
    today: parts.map((it) => String(it).padStart(2, "0")).join("-"),
  };
}

/** Of a plain Secret, so that a person need not type it again; the one value that a client is ever told, and only when it asks for it. */
async function usernameOf(session: Session, given: GivenSecret): Promise<string | undefined> {
  const plain = (await secretsOf(session, given)).filter((it) => it.form === "Secret");
  const [entry] = plain.flatMap((it) => it.entries.filter(({ key }) => key === "username"));
  return entry?.bytes && decodeUtf8(entry.bytes).text;
}

/** The manifests of a Secret, read again: of those that are known no text is kept. */
async function secretsOf(session: Session, { name, namespace }: GivenSecret): Promise<readonly SecretView[]> {
  const known = session.files.workspace.garden.manifestsOf(name, namespace ?? undefined);
  const files = await readManifestFiles(session, [...new Set(known.map((it) => it.uri))]);
  const secrets = files.flatMap((it) => it.documents.flatMap((document) => document.secrets));
  return secrets.filter((it) => it.name === name);
}

function answerOf<T>(result: Result<T, string>): T | ResponseError {
  return result.ok ? result.value : new ResponseError(lspErrors.requestFailed, result.error);
}
