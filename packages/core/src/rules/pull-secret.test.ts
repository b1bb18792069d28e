import { expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import { dedent } from "../text/dedent.ts";
import { applyEdits } from "../text/edit.ts";

const shoot = `
apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: crazy-botany }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches: [{ upstream: docker.io, secretReferenceName: docker }]
  resources: [{ name: docker, resourceRef: { apiVersion: v1, kind: Secret, name: docker-v1 } }]
`;

/** The fixes of a pull secret as their titles and what they make of it. */
function fixes(type: string, data: string): readonly (readonly [string, string])[] {
  const head = `apiVersion: v1\nkind: Secret\nmetadata: { name: docker-v1 }\ntype: ${type}\nimmutable: true\n`;
  const text = head + dedent(data);
  const reports = [inspect(readManifests("shoot.yaml", shoot)), inspect(readManifests("secret.yaml", text))];
  const findings = conclude(reports).get("secret.yaml") ?? [];
  expect(findings.map((it) => it.code)).toEqual(["RC209"]);
  return findings
    .flatMap((it) => it.fixes)
    .map(({ title, edits }) => {
      const mended = applyEdits(
        text,
        edits.flatMap((it) => it.edits),
      );
      return [title, mended.slice(mended.indexOf("immutable: true\n") + 16)];
    });
}

test("each login of a pull secret can be kept, in base64 where it was", () => {
  const auths = {
    "docker.io": { auth: btoa("reader:a:b") },
    "ghcr.io": { username: "u", password: "p" },
    "quay.io": {},
  };
  const config = btoa(JSON.stringify({ auths }));
  expect(fixes("kubernetes.io/dockerconfigjson", `data:\n  .dockerconfigjson: ${config}\n`)).toEqual([
    ["Keep only the login for docker.io", `data:\n  username: ${btoa("reader")}\n  password: ${btoa("a:b")}\n`],
    ["Keep only the login for ghcr.io", `data:\n  username: ${btoa("u")}\n  password: ${btoa("p")}\n`],
  ]);
});

test("a pull secret in plain text stays one", () => {
  const data = `
    stringData:
      .dockerconfigjson: |
        {"auths": {"docker.io": {"username": "reader", "password": "example"}}}
  `;
  expect(fixes("kubernetes.io/dockerconfigjson", data)).toEqual([
    ["Keep only the login for docker.io", "stringData:\n  username: reader\n  password: example\n"],
  ]);
});
