import { expect, test } from "vitest";
import { credentialKind } from "./credential-kind.ts";

const jwt = (claims: object): string =>
  ["ey1", Buffer.from(JSON.stringify(claims)).toString("base64url"), "sig"].join(".");

test.each([
  ["AWS", "x", "ecr-token"],
  ["oauth2accesstoken", "ya29.x", "google-access-token"],
  ["00000000-0000-0000-0000-000000000000", "x", "azure-access-token"],
  ["3f2504e0-4f89-11d3-9a0c-0305e82c3301", "x", "azure-service-principal"],
  ["x", `ghs_${"a".repeat(36)}`, "github-installation-token"],
  ["x", "ghs_short", "password"],
  ["x", "ghp_abc", "github-token-classic"],
  ["x", "github_pat_abc", "github-token-fine-grained"],
  ["x", "gho_abc", "github-oauth-token"],
  ["x", "dckr_pat_abc", "docker-hub-token"],
  ["x", "dckr_oat_abc", "docker-hub-organization-token"],
  ["x", "glpat-abc", "gitlab-token"],
  ["x", "gldt-abc", "gitlab-deploy-token"],
  ["_json_key", "{}", "google-service-account-key"],
  ["_json_key_base64", "e30=", "google-service-account-key"],
  ["robot$ci", "x", "harbor-robot"],
  ["ns+robot", "x", "quay-robot"],
  ["x", jwt({ exp: 7 }), "json-web-token"],
  ["x", jwt({}), "password"],
  ["reader", "s3cret", "password"],
] as const)("%s with %s is of kind %s", (username, password, id) => {
  expect(credentialKind(username, password).id).toBe(id);
});

test("a token tells when it ends, whoever its user is", () => {
  expect(credentialKind("x", ` ${jwt({ exp: 7 })}\n`).expiresAt).toBe(7);
  expect(credentialKind("robot$ci", jwt({ exp: 7 }))).toMatchObject({ id: "harbor-robot", expiresAt: 7 });
});

test("what never lasts longer than hours says so", () => {
  const kinds = ["AWS", "oauth2accesstoken", "reader"].map((it) => credentialKind(it, "x").shortLived);
  expect(kinds).toEqual([
    "the password of the user AWS is an ECR token, which is valid for 12 hours",
    "the password of the user oauth2accesstoken is an access token, which is valid for an hour",
    undefined,
  ]);
});
