import { type Result, succeed } from "../text/result.ts";
import type { Purpose } from "../workspace/workspace.ts";
import { layoutOf } from "../yaml/layout.ts";
import { encodingOf } from "./encoding-of.ts";
import type { FoundSecret } from "./find-secret.ts";
import { keptMetadata } from "./kept-metadata.ts";
import { type NewSecret, newSecretManifest } from "./new-secret.ts";
import type { NewValues } from "./request.ts";
import type { Blocker, NewFile } from "./rotation.ts";
import { sopsOptions } from "./sops-options.ts";

/** What a new Secret for sops is to be called and hold. */
export interface NextSops {
  readonly uri: string;
  readonly name: string;
  readonly purpose: Purpose;
  readonly values: NewValues | undefined;
}

/** The next version of a Secret that SOPS encrypts: a new manifest, whose values sops is yet to encrypt. */
export function nextSops(found: FoundSecret, { uri, name, purpose, values }: NextSops): Result<NewFile, Blocker> {
  const { file, secret } = found;
  const request: NewSecret = {
    uri,
    secret: { name, namespace: secret.namespace },
    purpose,
    values,
    encoding: encodingOf(secret),
    type: secret.type?.value,
    metadata: keptMetadata(secret),
    newline: layoutOf(file.text).newline,
  };
  const { text: draft } = newSecretManifest(request);
  const { text } = newSecretManifest({ ...request, encoding: "stringData", values: placeholders[purpose] });
  return succeed({ uri, text, like: file.uri, sealing: { program: "sops", draft, ...sopsOptions(secret.root) } });
}

const unencrypted = "to-be-encrypted-by-sops";

/** What stands in the preview until sops has encrypted the values. */
const placeholders: { readonly [purpose in Purpose]: NewValues } = {
  credentials: { purpose: "credentials", username: unencrypted, password: unencrypted },
  "ca-bundle": { purpose: "ca-bundle", bundle: unencrypted },
};
