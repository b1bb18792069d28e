import { readManifests } from "../manifest/manifest.ts";
import type { Secret } from "../manifest/secret.ts";
import { fail, type Result, succeed } from "../text/result.ts";
import { fieldOf, type Node } from "../yaml/node.ts";
import { changeDocument, setField } from "./edit-copy.ts";
import type { NewFile, SealingDraft } from "./rotation.ts";

/**
 * Puts what a program printed into the file that waits for it. Refuses what does not hold every value, sealed, or holds
 * one that can be read: then nothing may be written.
 */
export function completeSealing(
  file: NewFile & { readonly sealing: SealingDraft },
  printed: string,
): Result<NewFile, string> {
  const { sealing, ...rest } = file;
  const secrets = (text: string): readonly Secret[] =>
    readManifests(file.uri, text).documents.flatMap((it) => it.secrets);
  const [draft] = secrets(sealing.draft);
  const [sealed, ...others] = secrets(printed);
  if (draft === undefined || sealed === undefined || others.length > 0 || sealed.name !== draft.name)
    return fail(`${sealing.program} gave back something else than Secret "${draft?.name ?? ""}"`);
  const keys = draft.entries.map((it) => it.key);
  const wanted = sealing.program === "kubeseal" ? sealedValues(sealed, keys) : encryptedValues(sealed, draft);
  if (wanted === undefined) return fail(`${sealing.program} gave back a manifest whose values are not all sealed`);
  if (sealing.program === "sops") return succeed({ ...rest, text: printed });
  const changes = [...wanted].map(([key, value]) => setField(["spec", "encryptedData", key], value));
  return succeed({ ...rest, text: changeDocument(file.text, changes) });
}

type Values = ReadonlyMap<string, string>;

function sealedValues({ form, root }: Secret, keys: readonly string[]): Values | undefined {
  const values = textsOf(fieldOf(fieldOf(root, "spec"), "encryptedData"));
  const areSealed = keys.every((it) => longBase64.test(values.get(it) ?? ""));
  return form === "SealedSecret" && areSealed && values.size === keys.length ? values : undefined;
}

/** A session key of RSA comes first, so what is sealed is never short. */
const longBase64 = /^[A-Za-z0-9+/]{300,}={0,2}$/;

/** An empty text stays an empty text. */
function encryptedValues({ form, root }: Secret, draft: Secret): Values | undefined {
  const values = new Map([...textsOf(fieldOf(root, "data")), ...textsOf(fieldOf(root, "stringData"))]);
  const areEncrypted = draft.entries.every(({ key, bytes }) => {
    return bytes?.length === 0 || values.get(key)?.startsWith("ENC[") === true;
  });
  return form === "SopsSecret" && areEncrypted && values.size === draft.entries.length ? values : undefined;
}

function textsOf(map: Node | undefined): Values {
  const entries = map?.type === "map" ? map.entries : [];
  return new Map(entries.flatMap(({ name, value }) => (value.type === "scalar" ? [[name, value.text]] : [])));
}
