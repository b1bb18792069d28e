import {
  type PendingRotation,
  type PendingShoot,
  type Place,
  pendingFiles,
  pendingRotations,
  usedCredentials,
} from "@registry-cache/core";
import type { Location } from "vscode-languageserver-protocol";
import { isAnything } from "./guards.ts";
import { type ReadText, readTexts } from "./manifest-texts.ts";
import { type OwnMethods, waitingMethod } from "./method.ts";
import type {
  RotationRequests,
  PendingRotation as WireRotation,
  PendingShoot as WireShoot,
} from "./protocol/rotations.ts";
import type { Session } from "./session.ts";
import { rangeOf } from "./text-buffer.ts";
import { toClientUri, toRange } from "./to-lsp.ts";

/** The requests of our own about Secrets that are rotated, or can be. */
export const rotationRequests: OwnMethods<RotationRequests> = {
  "registryCache/rotations": waitingMethod(isAnything, async (session) => {
    const { workspace } = session.files;
    const texts = await readTexts(session, pendingFiles(workspace));
    return pendingRotations(workspace, (uri) => texts.get(uri)?.file).map((it) => toWire(session, it, texts));
  }),
  "registryCache/credentials": waitingMethod(isAnything, ({ files }) =>
    usedCredentials(files.workspace).map((it) => ({ ...it, uri: toClientUri(files, it.uri) })),
  ),
};

function toWire(
  session: Session,
  { namespace, from, to, next, fromPlace, toPlace, emptyValue, ...shoots }: PendingRotation,
  texts: ReadonlyMap<string, ReadText>,
): WireRotation {
  const at = (place: Place | undefined): Location | undefined => place && toLocation(session, place, texts);
  const toShoot = ({ name, place }: PendingShoot): WireShoot => ({ name, place: at(place) });
  const secret = { name: from, ...(namespace === undefined ? {} : { namespace }) };
  const action = next === "switch" ? { do: next, ...secret, to } : { do: next, ...secret };
  return {
    namespace,
    from,
    to,
    next,
    switched: shoots.switched.map(toShoot),
    left: shoots.left.map(toShoot),
    fromPlace: at(fromPlace),
    toPlace: at(toPlace),
    emptyValue: at(emptyValue),
    ...(next === "fill-in" ? {} : { action }),
  };
}

function toLocation(
  { files }: Session,
  { uri, span }: Place,
  texts: ReadonlyMap<string, ReadText>,
): Location | undefined {
  const read = texts.get(uri);
  const range = read === undefined ? toRange(files, uri, span) : rangeOf(read.buffer, span);
  return range && { uri: toClientUri(files, uri), range };
}
