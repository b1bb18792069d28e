import { readDateTime } from "../formats/time.ts";
import { readString } from "../manifest/located.ts";
import type { Secret } from "../manifest/secret.ts";
import { fieldOf } from "../yaml/node.ts";

/** The annotation in which a person notes when a credential ends: a day such as 2027-01-31, or a time in RFC 3339. */
export const expiryAnnotation = "registry-cache-tools/expires-at";

/** When a person says that the credential of a Secret ends: seconds since 1970, or the text where that is no time. */
export function declaredExpiry({ root }: Secret): number | string | undefined {
  const annotations = fieldOf(fieldOf(root, "metadata"), "annotations");
  const declared = readString(annotations, expiryAnnotation, "")?.value;
  return declared === undefined ? undefined : (readDateTime(declared) ?? declared);
}
