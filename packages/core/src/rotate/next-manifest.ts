import type { FileEdits } from "../workspace/finding.ts";
import type { Purpose } from "../workspace/workspace.ts";
import { layoutOf } from "../yaml/layout.ts";
import type { Target } from "./choose-target.ts";
import type { FoundSecret } from "./find-secret.ts";
import { keptMetadata } from "./kept-metadata.ts";
import { listFile, listingsOf, pathOf } from "./kustomization.ts";
import { keysFor, newSecretManifest } from "./new-secret.ts";
import { placeFile } from "./place-file.ts";
import type { RotationRequest } from "./request.ts";
import type { NewFile, RotationStep } from "./rotation.ts";

/** The manifest of the next version: what the old one says of itself, and values from the request only. */
export function newManifest(
  request: RotationRequest,
  found: FoundSecret,
  { name, purpose }: { readonly name: string; readonly purpose: Purpose },
): NewFile {
  const { file, secret } = found;
  const { values, encoding, fileExists } = request;
  const manifest = newSecretManifest({
    uri: placeFile(found, name, fileExists),
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

function encodingOf({ entries }: FoundSecret["secret"]): "stringData" | "data" {
  return entries.length > 0 && entries.every((it) => it.from === "data") ? "data" : "stringData";
}

/** The step that brings the new Secret. */
export function secretStep(
  target: Target,
  {
    namespace,
    purpose,
    uri,
  }: { readonly namespace: string | undefined; readonly purpose: Purpose; readonly uri: string },
): RotationStep {
  const secret = { name: target.name, namespace };
  return target.kind === "create"
    ? { do: "create-secret", secret, keys: keysFor[purpose], uri }
    : { do: "reuse-secret", secret, uri };
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
