import type { RuntimeCache } from "../cache.ts";
import { contentHash } from "../content-hash.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { clusterCaPath } from "../node.ts";
import { type ClusterOptions, nodeNamespace } from "./options.ts";

/** What makes every node's containerd use the caches: a DaemonSet that keeps a hosts.toml for each upstream. */
export function renderNodes(caches: readonly RuntimeCache[], options: ClusterOptions): readonly KubernetesObject[] {
  const namespace = nodeNamespace(options.namespace);
  const data = {
    "write-hosts.sh": script,
    upstreams: caches.map((it) => `${upstreamLine(it, options.namespace)}\n`).join(""),
    ...(options.certificateAuthority === undefined ? {} : { "ca.crt": options.certificateAuthority }),
  };
  const name = `registry-cache-nodes-${contentHash(data)}`;
  const { labels } = options;
  return [
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace, labels }, immutable: true, data },
    daemonSet(name, namespace, options),
  ];
}

/** Upstream, scheme, Service and the place to go when the cache does not answer. */
function upstreamLine({ upstream, tls, names, remoteUrl }: RuntimeCache, namespace: string): string {
  return [upstream, tls ? "https" : "http", `${names.service}.${namespace}.svc`, remoteUrl].join(" ");
}

function daemonSet(configMap: string, namespace: string, { labels, nodeImage }: ClusterOptions): KubernetesObject {
  const selector = { "app.kubernetes.io/name": "registry-cache-nodes" };
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "registry-cache-nodes", namespace, labels },
    spec: {
      selector: { matchLabels: selector },
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "10%" } },
      template: {
        metadata: { labels: { ...labels, ...selector } },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          priorityClassName: "system-node-critical",
          terminationGracePeriodSeconds: 10,
          tolerations: [{ operator: "Exists" }],
          containers: [container(nodeImage)],
          volumes: [
            { name: "script", configMap: { name: configMap } },
            { name: "certs-d", hostPath: { path: "/etc/containerd/certs.d", type: "DirectoryOrCreate" } },
          ],
        },
      },
    },
  };
}

function container(image: string): { readonly [field: string]: NonNullable<KubernetesObject[string]> } {
  return {
    name: "write-hosts",
    image,
    imagePullPolicy: "IfNotPresent",
    command: ["sh", "/script/write-hosts.sh", "/script", "/host/certs.d"],
    resources: { requests: { cpu: "5m", memory: "10Mi" }, limits: { memory: "50Mi" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      // The folder belongs to root on the node.
      runAsUser: 0,
      capabilities: { drop: ["ALL"], add: ["DAC_OVERRIDE"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
    volumeMounts: [
      { name: "script", mountPath: "/script", readOnly: true },
      { name: "certs-d", mountPath: "/host/certs.d" },
    ],
  };
}

/**
 * Nodes cannot resolve names of Services, so the script writes addresses. A file that is not ours is never touched, a cache that
 * never answered is never used, and when the DaemonSet goes its files go, too: pulls then take the way they took before.
 */
const script = `#!/bin/sh
# write-hosts.sh CONFIG TARGET: keeps TARGET/UPSTREAM/hosts.toml for each line of CONFIG/upstreams.
set -u
config=$1
target=$2
marker='# Written by the DaemonSet registry-cache-nodes.'

is_ours() { [ "$(head -n 1 "$1" 2>/dev/null)" = "$marker" ]; }

address_of() {
  nslookup "$1" 2>/dev/null | sed -n '/^Name:/,$ s/^Address[ 0-9]*: *\\([0-9a-f.:]*\\).*/\\1/p' | head -n 1
}

write_hosts() {
  file=$target/$1/hosts.toml
  [ ! -e "$file" ] || is_ours "$file" || { echo "$file is not ours, it stays as it is"; return; }
  address=$(address_of "$3")
  [ -n "$address" ] || { echo "$3 has no address yet"; return; }
  case $address in *:*) address="[$address]" ;; esac
  # A node must not be sent to a cache that never answered.
  [ -e "$file" ] || wget -q -T 1 -O /dev/null --no-check-certificate "$2://$address:5000/" || return
  ca=
  [ "$2" != https ] || ca='  ca = ["${clusterCaPath}"]'
  mkdir -p "$target/$1"
  {
    echo "$marker"
    echo "server = \\"$4\\""
    echo
    echo "[host.\\"$2://$address:5000\\"]"
    echo '  capabilities = ["pull","resolve"]'
    [ -z "$ca" ] || echo "$ca"
  } > "$file.new"
  if cmp -s "$file.new" "$file"; then rm "$file.new"; else mv "$file.new" "$file" && echo "wrote $file"; fi
}

remove_others() {
  for file in "$target"/*/hosts.toml; do
    is_ours "$file" || continue
    upstream=$(basename "$(dirname "$file")")
    grep -q "^$upstream " "$1" && continue
    rm -f "$file" && rmdir "$target/$upstream" 2>/dev/null
    echo "removed $file"
  done
}

finish() { remove_others /dev/null; rm -f "$target/registry-cache-ca.crt"; exit 0; }
trap finish TERM INT

[ ! -e "$config/ca.crt" ] || cp "$config/ca.crt" "$target/registry-cache-ca.crt"
remove_others "$config/upstreams"
while :; do
  while read -r upstream scheme service server; do
    write_hosts "$upstream" "$scheme" "$service" "$server"
  done < "$config/upstreams"
  sleep 30 &
  wait $!
done
`;
