import { expect, test } from "vitest";
import { withoutLogins } from "./without-logins.ts";

test("what a URL logs in with is not shown, with or without a password", () => {
  expect(withoutLogins("remoteURL is https://user:p%40ss@a.io/v2, it was http://token@b.io")).toBe(
    "remoteURL is https://<redacted>@a.io/v2, it was http://<redacted>@b.io",
  );
});

test("everything else stays", () => {
  const text = "image a.io/x@sha256:00, https://a.io/@scope, robot@example.com";
  expect(withoutLogins(text)).toBe(text);
});
