import { type CredentialTarget, credentialFiles, credentialSetups } from "@registry-cache/core";
import type { CredentialVerdict } from "@registry-cache/operations";
import { type CancellationToken, ErrorCodes, ResponseError } from "vscode-jsonrpc";
import { testCredentialCommand } from "../credential-offers.ts";
import { isAnything, isString, listOf, optional, shape, valueAt } from "../guards.ts";
import { readManifestFiles } from "../manifest-texts.ts";
import { cancelled, type Methods, type OwnMethods, waitingMethod } from "../method.ts";
import type { Credential } from "../protocol/rotations.ts";
import type { CredentialRequests } from "../protocol/runtime.ts";
import type { Session } from "../session.ts";
import { canonicalUri } from "../uri.ts";
import { refuseUntrusted } from "./trust.ts";

/** For each request; VS Code shows a button to cancel meanwhile. */
const timeoutMilliseconds = 10_000;

const isCredential = shape({ username: isString, password: isString });
const isCache = shape({ uri: isString, upstream: isString, shoot: optional(isString) });
const isSecret = shape({ name: isString, namespace: optional(isString) });

/** Tries what a cache logs in with, or a credential that is to take its place, at its upstream. Only where the folders are trusted. */
export const credentialMethods: OwnMethods<CredentialRequests> = {
  "registryCache/testCredential": waitingMethod(
    shape({ target: isTarget, credential: optional(isCredential) }),
    (session, { target, credential }, token) =>
      tryCredential(session, { target, credential: credential ?? undefined }, token),
  ),
};

/** For editors that know no commands of ours: the server says itself how it went. */
export const commandMethods: Methods = {
  "workspace/executeCommand": waitingMethod(
    shape({ command: isString, arguments: listOf(isAnything) }),
    async (session, { command, arguments: [target] }, token) => {
      if (command !== testCredentialCommand || !isTarget(target))
        return new ResponseError(ErrorCodes.InvalidParams, `unknown command ${command}`);
      const verdict = await tryCredential(session, { target }, token);
      if (verdict instanceof ResponseError) return verdict;
      const { severity, message, details } = verdict;
      session.outbox.notify("window/showMessage", { type: severity === "info" ? 3 : 2, message });
      if (details !== undefined) session.outbox.notify("window/logMessage", { type: 3, message: details });
      return null;
    },
  ),
};

async function tryCredential(
  session: Session,
  { target, credential }: { readonly target: CredentialTarget; readonly credential?: Credential | undefined },
  token: CancellationToken,
): Promise<CredentialVerdict | ResponseError> {
  const refused = refuseUntrusted(session, "no registry is asked");
  if (refused !== undefined) return refused;
  const setups = await setupsOf(session, target);
  const { testCredential } = await import("@registry-cache/operations");
  const stop = new AbortController();
  const listening = token.onCancellationRequested(() => stop.abort());
  try {
    const now = Math.floor(Date.now() / 1000);
    return await testCredential(setups, { credential, timeoutMilliseconds, now, signal: stop.signal });
  } catch (error) {
    if (stop.signal.aborted) return cancelled();
    throw error;
  } finally {
    listening.dispose();
  }
}

async function setupsOf(session: Session, given: CredentialTarget): Promise<ReturnType<typeof credentialSetups>> {
  const target = given.of === "cache" ? { ...given, uri: canonicalUri(given.uri) } : given;
  const uris = credentialFiles(target, session.files.workspace);
  return credentialSetups(target, await readManifestFiles(session, uris));
}

function isTarget(value: unknown): value is CredentialTarget {
  return valueAt(value, "of") === "cache" ? isCache(value) : valueAt(value, "of") === "secret" && isSecret(value);
}
