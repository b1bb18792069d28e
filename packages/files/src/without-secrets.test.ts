import { expect, test } from "vitest";
import { withoutSecrets } from "./without-secrets.ts";

test.each([
  ["cannot fetch certificate: no such host", "s3cret-example", true],
  ["line 9: s3cret-example", "s3cret-example", false],
  ["line 9: ...t-exam...", "s3cret-example", false],
  [`line 9: ${Buffer.from("s3cret-example").toString("base64").slice(3)}`, "s3cret-example", false],
  ["no key", "no", false],
  ["no key", "", true],
] as const)("%j is repeated beside the secret %j: %s", (text, secret, repeated) => {
  expect(withoutSecrets(text, [secret])).toBe(repeated ? text : "");
});
