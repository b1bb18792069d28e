import { credentialKind } from "@registry-cache/core";
import { expect, test } from "vitest";
import { expiryFact } from "./expiry.ts";

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000;
const token = (day: string): string =>
  ["ey1", Buffer.from(JSON.stringify({ exp: at(day) })).toString("base64url"), "s"].join(".");
const now = at("2030-01-01");

test.each([
  ["nothing", "robot", "secret", undefined, "unknown", /known only to who issued it/],
  [
    "an annotation",
    "robot",
    "secret",
    "2030-02-01",
    "yes",
    /^expires at 2030-02-01T00:00:00Z, as its annotation says$/,
  ],
  [
    "an annotation of the past",
    "robot",
    "secret",
    "2029-12-31",
    "no",
    /^expired at 2029-12-31.*as its annotation says$/,
  ],
  ["the token", "robot", token("2030-02-01"), undefined, "yes", /^expires at 2030-02-01T00:00:00Z$/],
  [
    "the token, before the annotation",
    "robot",
    token("2030-02-01"),
    "2030-03-01",
    "yes",
    /^expires at 2030-02-01T00:00:00Z$/,
  ],
  [
    "the annotation, before the token",
    "robot",
    token("2030-02-01"),
    "2030-01-15",
    "yes",
    /^expires at 2030-01-15.*annotation says$/,
  ],
  ["the kind, whatever an annotation says", "AWS", "secret", "2030-03-01", "no", /valid for 12 hours/],
] as const)("the end is told by %s", (...[, username, password, declared, status, evidence]) => {
  const fact = expiryFact(credentialKind(username, password), declared && at(declared), now);
  expect([fact.status, fact.evidence]).toEqual([status, expect.stringMatching(evidence)]);
});
