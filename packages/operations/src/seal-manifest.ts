import { encodeBase64, encodeUtf8, type Result, readManifests, type SecretView } from "@registry-cache/core";
import { type Sealing, seal } from "@registry-cache/files";

/** Seals the manifest of a Secret; refuses what a program gives back that is no sealed Secret or still shows a value. */
export async function sealManifest(sealing: Sealing): Promise<Result<string, string>> {
  const { sealer, hidden } = sealing;
  const sealed = await seal(sealing);
  if ("message" in sealed) return { ok: false, error: sealed.message };
  const { text } = sealed;
  const secrets = readManifests("sealed.yaml", text).documents.flatMap((it) => it.secrets);
  const shown = secrets.some(isReadable) || hidden.some((it) => isWithin(text, it));
  if (text.trim() === "") return { ok: false, error: `${sealer} printed nothing` };
  if (shown) return { ok: false, error: `${sealer} gave back a manifest with values in it` };
  if (sealer === "kubeseal" && !secrets.some((it) => it.form === "SealedSecret"))
    return { ok: false, error: "kubeseal printed no SealedSecret" };
  return { ok: true, value: text };
}

function isReadable({ form, entries }: SecretView): boolean {
  if (form === "Secret") return entries.length > 0;
  return form === "SopsSecret" && !entries.every(isEncrypted);
}

/** sops leaves an empty value as it is. */
function isEncrypted({ written }: SecretView["entries"][number]): boolean {
  const value = written?.entry.value;
  const text = value?.type === "scalar" ? value.value : undefined;
  return typeof text === "string" && (text === "" || text.startsWith("ENC["));
}

/** A word as short as `v1` stands in any manifest. */
const tellingLength = 8;

function isWithin(text: string, secret: string): boolean {
  const forms = [secret, encodeBase64(encodeUtf8(secret))];
  return secret.length >= tellingLength && forms.some((it) => text.includes(it));
}
