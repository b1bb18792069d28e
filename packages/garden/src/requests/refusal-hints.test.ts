import { createAuthority } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { loginHint } from "./refusal-hints.ts";

const day = 86_400_000;

test.each([
  ["has ended", -day, "; the client certificate has ended on TIME"],
  ["has not ended", day, ""],
])("a client certificate that %s", (_, left, says) => {
  const notAfter = Date.now() + left;
  const client = createAuthority().issue({ commonName: "jane", notBefore: notAfter - 2 * day, notAfter });
  const time = new Date(Math.floor(notAfter / 1000) * 1000).toISOString().replace(".000Z", "Z");
  expect(loginHint(new Date().toUTCString(), client).replace(time, "TIME")).toBe(says);
});

test.each([
  [60, "; this machine's clock is 60 minutes behind the server's"],
  [-60, "; this machine's clock is 60 minutes ahead of the server's"],
  [1, ""],
])("a clock of the server that is %s minutes ahead", (minutes, says) => {
  expect(loginHint(new Date(Date.now() + minutes * 60_000).toUTCString(), undefined)).toBe(says);
});

test("what cannot be read as a certificate, and no date, are not spoken of", () => {
  expect(loginHint(undefined, { certificate: "x", key: "y" })).toBe("");
});
