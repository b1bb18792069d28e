import { encodeBase64 } from "../encoding/base64.ts";
import { encodeUtf8 } from "../encoding/utf8.ts";
import { isMap, listAt, textAt, valueAt } from "../live/json-value.ts";
import { isIdentity } from "./kept-metadata.ts";
import { ownPrefix, rotationAnnotations, rotationLabel } from "./live-provenance.ts";
import { valuesOf } from "./new-secret.ts";
import type { NewValues } from "./request.ts";

/** What the metadata of a Secret tells. Values are never read for it. */
export interface LiveSecretView {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly terminating: boolean;
  readonly finalizers: readonly string[];
  readonly labels: { readonly [name: string]: string };
  readonly annotations: { readonly [name: string]: string };
}

/** Reads the metadata of a Secret from its JSON. */
export function readLiveSecret(secret: unknown): LiveSecretView {
  const text = (field: string): string => textAt(secret, "metadata", field);
  return {
    name: text("name"),
    uid: text("uid"),
    resourceVersion: text("resourceVersion"),
    terminating: text("deletionTimestamp") !== "",
    finalizers: listAt(secret, "metadata", "finalizers").filter((it) => typeof it === "string"),
    labels: textsAt(secret, "labels"),
    annotations: textsAt(secret, "annotations"),
  };
}

/** Who began a rotation, and when. */
export interface RotationOrigin {
  readonly from: string;
  /** RFC 3339. */
  readonly started: string;
  readonly by: string;
  /** A duration of Go. */
  readonly grace?: string | undefined;
}

/** What the next version of a Secret is made of. */
export interface NextSecretRequest {
  readonly old: LiveSecretView;
  readonly namespace: string;
  readonly name: string;
  readonly values: NewValues;
  readonly origin: RotationOrigin;
}

/** A new Secret as the API takes it. It holds the values; whoever has it must not print it. */
export interface SecretObject {
  readonly apiVersion: "v1";
  readonly kind: "Secret";
  readonly type: "Opaque";
  readonly immutable: true;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: { readonly [name: string]: string };
    readonly annotations: { readonly [name: string]: string };
  };
  readonly data: { readonly [key: string]: string };
}

/** Makes the next version: immutable, with the labels and annotations of the old one that are not about that one, and where it comes from. */
export function nextSecret({ old, namespace, name, values, origin }: NextSecretRequest): SecretObject {
  const { from, started, by, grace } = origin;
  const own = {
    [rotationAnnotations.from]: from,
    [rotationAnnotations.started]: started,
    [rotationAnnotations.by]: by,
    ...(grace && { [rotationAnnotations.grace]: grace }),
  };
  const labels = { ...kept(old.labels), [rotationLabel]: "true" };
  return secretObject({ name, namespace, labels, annotations: { ...kept(old.annotations), ...own } }, values);
}

/** Makes a Secret for a cache: immutable, with exactly these values. */
export function secretObject(metadata: SecretObject["metadata"], values: NewValues): SecretObject {
  return { apiVersion: "v1", kind: "Secret", type: "Opaque", immutable: true, metadata, data: dataOf(values) };
}

/** Tells whether a Secret that is there is what we would make: immutable, with exactly these values. The values are compared and dropped. */
export function holdsValues(secret: unknown, values: NewValues): boolean {
  const [data, wanted] = [valueAt(secret, "data"), dataOf(values)];
  if (valueAt(secret, "immutable") !== true || !isMap(data)) return false;
  const keys = Object.keys(wanted);
  return Object.keys(data).length === keys.length && keys.every((key) => data[key] === wanted[key]);
}

function dataOf(values: NewValues): { readonly [key: string]: string } {
  const texts = valuesOf(values.purpose, values);
  return Object.fromEntries(texts.map(([key, text]) => [key, encodeBase64(encodeUtf8(text))]));
}

function kept(texts: { readonly [name: string]: string }): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(texts).filter(([name]) => !isIdentity(name) && !name.startsWith(ownPrefix)));
}

function textsAt(secret: unknown, field: string): { readonly [name: string]: string } {
  const map = valueAt(secret, "metadata", field);
  const entries = isMap(map) ? Object.entries(map) : [];
  return Object.fromEntries(entries.flatMap(([name, it]) => (typeof it === "string" ? [[name, it]] : [])));
}
