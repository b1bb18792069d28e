import type { Access } from "../kubeconfig/access.ts";
import type { ClientCertificate } from "../transport/tls-options.ts";
import { basic, bearer, type CredentialSource, fixedCredential } from "./credential.ts";
import type { ExecCache } from "./exec-cache.ts";
import { type ExecHost, execCredential } from "./exec-credential.ts";
import { tokenFile } from "./token-file.ts";

/** Picks how a user shows who they are: a token before a password before an exec plugin; a certificate goes with each. */
export function chooseCredential(access: Access, host: ExecHost, cache: ExecCache): CredentialSource {
  const { user } = access;
  const certificate: ClientCertificate | undefined =
    user.clientCertificateData === ""
      ? undefined
      : { certificate: user.clientCertificateData, key: user.clientKeyData };
  if (user.tokenFile !== "") return tokenFile(user.tokenFile, user.token, certificate);
  if (user.token !== "") return fixedCredential(bearer(user.token, certificate));
  if (user.username !== "") return fixedCredential(basic(user.username, user.password, certificate));
  if (user.exec !== undefined) return execCredential(user.exec, access, host, cache);
  return fixedCredential({ secrets: [], ...(certificate && { certificate }) });
}
