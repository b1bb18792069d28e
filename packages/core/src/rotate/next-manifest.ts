import type { SecretForm } from "../manifest/secret.ts";
import { fail, type Result, succeed } from "../text/result.ts";
import type { FileEdits } from "../workspace/finding.ts";
import type { Purpose } from "../workspace/workspace.ts";
import { layoutOf } from "../yaml/layout.ts";
import type { Target } from "./choose-target.ts";
import { encodingOf } from "./encoding-of.ts";
import type { FoundSecret } from "./find-secret.ts";
import { keptMetadata } from "./kept-metadata.ts";
import { listFile, listingsOf, pathOf } from "./kustomization.ts";
import { keysFor, newSecretManifest } from "./new-secret.ts";
import { nextExternal } from "./next-external.ts";
import { nextSealed } from "./next-sealed.ts";
import { nextSops } from "./next-sops.ts";
import { placeFile } from "./place-file.ts";
import type { RotationRequest } from "./request.ts";
import type { Blocker, NewFile, RotationStep } from "./rotation.ts";

/** The manifest of the next version: of the old one's form, what that says of itself, and values from the request only. */
export function newManifest(
  request: RotationRequest,
  found: FoundSecret,
  { name, purpose }: { readonly name: string; readonly purpose: Purpose },
): Result<NewFile, Blocker> {
  const { values, fileExists } = request;
  const uri = placeFile(found, name, fileExists);
  switch (found.secret.form) {
    case "Secret":
      return succeed(nextPlain(request, found, { uri, name, purpose }));
    case "SealedSecret":
      return nextSealed(found, { uri, name, purpose, values });
    case "SopsSecret":
      return nextSops(found, { uri, name, purpose, values });
    case "ExternalSecret":
      return nextExternal(request, found, { uri, name });
    case "SecretGenerator":
      return fail(generated(found, name));
  }
}

function nextPlain(
  { values, encoding }: RotationRequest,
  { file, secret }: FoundSecret,
  { uri, name, purpose }: { readonly uri: string; readonly name: string; readonly purpose: Purpose },
): NewFile {
  const manifest = newSecretManifest({
    uri,
    // Where the old one leaves its namespace to others, so does the new one.
    secret: { name, namespace: secret.namespace },
    purpose,
    values,
    encoding: encoding ?? (values === undefined ? "stringData" : encodingOf(secret)),
    type: secret.type?.value,
    metadata: keptMetadata(secret),
    newline: layoutOf(file.text).newline,
  });
  return { ...manifest, like: file.uri };
}

/** The values of a generator lie in files beside it or in its own lines, as their owner arranged them; only the owner knows how. */
function generated({ file, secret, id }: FoundSecret, name: string): Blocker {
  const message = `Secret "${id.name}" is made by a generator of kustomize; add a generator for "${name}" beside it, then run this again`;
  return { kind: "not-plain", message, place: { uri: file.uri, span: secret.nameSpan } };
}

/** What is said of the Secret that a plan leads to. */
export interface SecretOutline {
  readonly namespace: string | undefined;
  readonly purpose: Purpose;
  readonly form: SecretForm;
  readonly uri: string;
}

/** The step that brings the new Secret. */
export function secretStep(target: Target, { namespace, purpose, form, uri }: SecretOutline): RotationStep {
  const secret = { name: target.name, namespace };
  if (target.kind === "reuse") return { do: "reuse-secret", secret, uri };
  return { do: "create-secret", secret, keys: keysFor[purpose], ...(form === "Secret" ? {} : { form }), uri };
}

/** Lists the new Secret's file wherever the old one's is listed: what is not listed would not be deployed. */
export function listEverywhere(
  request: RotationRequest,
  { file }: FoundSecret,
  uri: string,
): { readonly edits: readonly FileEdits[]; readonly steps: readonly RotationStep[] } {
  const added = listingsOf(request, file.uri).flatMap((it) => {
    const path = pathOf(it, uri);
    const edits = path === undefined ? [] : listFile(it, path);
    return path === undefined || edits.length === 0 ? [] : [{ uri: it.kustomization.file.uri, edits, path }];
  });
  return {
    edits: added.map((it) => ({ uri: it.uri, edits: it.edits })),
    steps: added.map(({ uri: of, path }) => ({ do: "list-file", path, uri: of })),
  };
}
