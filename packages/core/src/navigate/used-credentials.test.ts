import { shootWith } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { inspect } from "../analyze/inspect.ts";
import { openWorkspace } from "../analyze/open-workspace.ts";
import { readManifests } from "../manifest/manifest.ts";
import { usedCredentials } from "./used-credentials.ts";

test("the Secrets that caches log in with are told once, with their upstreams and Shoots; others are not", () => {
  const resources = ["quay-v1", "absent"].map(
    (it) => `- { name: ${it}, resourceRef: { apiVersion: v1, kind: Secret, name: ${it} } }`,
  );
  const shoot = (name: string): string =>
    shootWith({
      caches:
        "caches:\n- { upstream: quay.io, secretReferenceName: quay-v1 }\n- { upstream: ghcr.io, secretReferenceName: quay-v1 }\n- { upstream: x.io, secretReferenceName: absent }",
      resources: resources.join("\n"),
    }).replace("crazy-botany", `${name}, namespace: garden-dev`);
  const secret = (name: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name}, namespace: garden-dev }\nstringData: { username: a, password: b }\n`;
  const files = { a: shoot("a"), b: shoot("b"), s: secret("quay-v1"), t: secret("unused") };
  const workspace = openWorkspace(Object.entries(files).map(([uri, text]) => inspect(readManifests(uri, text))));
  expect(usedCredentials(workspace)).toEqual([
    {
      name: "quay-v1",
      namespace: "garden-dev",
      form: "Secret",
      uri: "s",
      upstreams: ["ghcr.io", "quay.io"],
      shootCount: 2,
    },
  ]);
});
