import type { Credentials, RuntimeCache } from "../cache.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import type { ClusterOptions } from "./options.ts";

/** The name of the Secret that a private cache reads its login from. */
export function credentialsName({ names }: RuntimeCache): string {
  return `${names.resource}-credentials`;
}

/** The Secret of a login. It may change: the cache asks for it again and again, so a rotation restarts nothing. */
export function renderCredentials(
  cache: RuntimeCache,
  { username, password }: Credentials,
  { namespace, labels }: ClusterOptions,
): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: credentialsName(cache), namespace, labels: { ...labels, app: cache.names.resource } },
    type: "Opaque",
    stringData: { username, password },
  };
}

/** The file name of the credential helper beside config.yml. */
export const helperName = "docker-credential-files";

/** Where the Secret of a login is mounted. */
export const credentialsPath = "/var/run/registry-credentials";

/**
 * Distribution calls it as `docker-credential-files get` with the registry on standard input, and reads JSON (distribution,
 * registry/proxy/proxyauth.go). The values go from file to pipe: they are in no argument and no environment.
 */
export const helperScript: string = `#!/bin/sh
# Answers a registry that asks for its login, from the files of a Secret.
set -eu
[ "\${1:-}" = get ] || { echo "only get is supported" >&2; exit 1; }
IFS= read -r server || [ -n "\${server:-}" ] || server=
# In JSON every character of ASCII may be written by its number, so no byte of a value can break it; all others stand as they
# are. Line ends behind the last line are none of the value: files often have one.
escape() {
  json=$(
    for byte in $(od -An -v -tx1 "$1"); do
      case $byte in
        [89a-f]?) printf "\\\\$(printf '%03o' "0x$byte")" ;;
        *) printf '\\\\u00%s' "$byte" ;;
      esac
    done
  )
  while [ "\${json%'\\u000a'}" != "$json" ]; do json=\${json%'\\u000a'}; done
  printf '%s' "$json"
}
printf '{"ServerURL":"%s","Username":"%s","Secret":"%s"}\\n' \\
  "$server" "$(escape ${credentialsPath}/username)" "$(escape ${credentialsPath}/password)"
`;
