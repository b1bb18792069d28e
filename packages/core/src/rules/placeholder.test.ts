import { expect, test } from "vitest";
import { isPlaceholder } from "./placeholder.ts";

const key = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC".repeat(40);

test.each([
  ["", true],
  ["<password>", true],
  ["$(PASSWORD)", true],
  ["{{ .Values.password }}", true],
  ["*****", true],
  ["changeMe", true],
  ["your-token", true],
  ["xxx-xxx", true],
  ["my-example-password", true],
  ["s3cr3t-0f-the-r34der", false],
  ["dckr_pat_0123456789abcdefghijklmnopq", false],
  [`${key}xxx`, false],
  ['{"project_id": "p", "private_key": "-----BEGIN PRIVATE KEY-----"}', true],
  [`{"project_id": "example", "private_key": "-----BEGIN PRIVATE KEY-----\\n${key}"}`, false],
])("%j is a placeholder: %s", (value, expected) => {
  expect(isPlaceholder(value)).toBe(expected);
});
