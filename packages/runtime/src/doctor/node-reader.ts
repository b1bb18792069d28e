import { decodeBase64, decodeUtf8 } from "@registry-cache/core";
import { clusterDefaults } from "../cluster/options.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import type { SeenNode } from "./view.ts";

/** Which node is read, and by what. */
export interface NodeReading {
  /** The name of the pod. */
  readonly name: string;
  readonly namespace: string;
  readonly node: string;
  /** Any image with a POSIX shell, head and base64. */
  readonly image: string;
}

/** The seconds after which the kubelet ends the pod that reads a node, whatever became of us. */
export const readingSeconds = 120;

/**
 * The pod that prints the hosts.toml files of its node and ends. It has no rights, no token and no user of the node, and sees
 * one folder, which it cannot write to. A folder that is missing is not made: the pod waits then.
 */
export function renderNodeReader({ name, namespace, node, image }: NodeReading): KubernetesObject {
  const labels = { ...clusterDefaults.labels, "app.kubernetes.io/name": "registry-cache-doctor" };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels },
    spec: {
      nodeName: node,
      restartPolicy: "Never",
      activeDeadlineSeconds: readingSeconds,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      // Nodes that are tainted pull images, too.
      tolerations: [{ operator: "Exists" }],
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65532,
        runAsGroup: 65532,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [
        {
          name: "reader",
          image,
          imagePullPolicy: "IfNotPresent",
          command: ["sh", "-c", script],
          resources: { requests: { cpu: "5m", memory: "10Mi" }, limits: { memory: "50Mi" } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
          },
          volumeMounts: [{ name: "certs-d", mountPath: "/host/certs.d", readOnly: true }],
        },
      ],
      volumes: [{ name: "certs-d", hostPath: { path: "/etc/containerd/certs.d", type: "Directory" } }],
    },
  };
}

/** Contents go as base64, so that nothing in a file can look like a line of ours. */
const script = `cd /host/certs.d && ls . >/dev/null || exit 1
for folder in */; do
  folder=\${folder%/}
  file=$folder/hosts.toml
  if [ -r "$file" ]; then
    echo "file $folder $(head -c 65536 "$file" | base64 | tr -d '\\n')"
  elif [ -e "$file" ] || { [ -d "$folder" ] && [ ! -x "$folder" ]; }; then
    echo "unreadable $folder"
  fi
done
echo end
`;

/** Reads the log of the pod; undefined where it did not get to its end. */
export function readNodeLog(node: string, log: string): SeenNode | undefined {
  const lines = log.trimEnd().split("\n");
  if (lines.pop() !== "end") return undefined;
  const words = lines.map((it) => it.split(" "));
  const files = words.flatMap(([word, upstream = "", text = ""]) =>
    word === "file" ? [[upstream, decodeUtf8(decodeBase64(text) ?? new Uint8Array()).text] as const] : [],
  );
  const unreadable = words.flatMap(([word, upstream = ""]) => (word === "unreadable" ? [upstream] : []));
  return { node, files: new Map(files), unreadable };
}
