import { expect, test } from "vitest";
import { dedent } from "../text/dedent.ts";
import { readManifests } from "./manifest.ts";
import { secretMentions } from "./secret-mentions.ts";

test("a Shoot names Secrets in its resources, for DNS, admission plugins and authorization", () => {
  const text = dedent(`
    kind: Shoot
    spec:
      resources:
      - resourceRef: { kind: Secret, name: a }
      - resourceRef: { kind: ConfigMap, name: no }
      dns:
        providers:
        - { credentialsRef: { kind: Secret, name: b } }
        - { credentialsRef: { kind: WorkloadIdentity, name: no } }
        - { secretName: c }
      kubernetes:
        kubeAPIServer:
          admissionPlugins: [{ name: no, kubeconfigSecretName: d }]
          structuredAuthorization: { configMapName: no, kubeconfigs: [{ secretName: e }] }
  `);
  const shoots = readManifests("a", text).documents.flatMap((it) => it.shoots);
  expect(shoots.flatMap(secretMentions).map((it) => [it.value, it.path])).toEqual([
    ["a", "spec.resources[0].resourceRef.name"],
    ["b", "spec.dns.providers[0].credentialsRef.name"],
    ["c", "spec.dns.providers[2].secretName"],
    ["d", "spec.kubernetes.kubeAPIServer.admissionPlugins[0].kubeconfigSecretName"],
    ["e", "spec.kubernetes.kubeAPIServer.structuredAuthorization.kubeconfigs[0].secretName"],
  ]);
});
