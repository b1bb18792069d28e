import { describe, expect, test } from "vitest";
import { looksLikeShoot, looksRelevant } from "./relevant.ts";

describe("the server starts", () => {
  test.each([
    ["a Shoot", "apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\n"],
    ["a list of Shoots", "kind: ShootList\n"],
    ["a Shoot in a list", "kind: List\nitems:\n- kind: Shoot\n"],
    ["a Shoot with its key in quotes", '"kind": "Shoot"\n'],
    ["a Secret behind another document", "kind: Service\n---\nkind: Secret\n"],
    ["what becomes a Secret", "kind: SealedSecret\n"],
    ["a RegistryConfig of its own", "kind: RegistryConfig\n"],
    ["lines that end as on Windows", "a: 1\r\nkind: Shoot\r\n"],
  ])("for %s", (_, text) => {
    expect(looksRelevant(text, "/a.yaml")).toBe(true);
  });

  test("for a settings file, whatever it says", () => {
    expect(looksRelevant("", "/garden/.registry-cache.yaml")).toBe(true);
  });
});

describe("the server does not start", () => {
  test.each([
    ["an empty file", ""],
    ["another kind", "kind: Service\n"],
    ["a kind that only begins alike", "kind: SecretStore\n"],
    ["a kind in a comment", "# kind: Shoot\n"],
    ["the name of a kind as a value", "name: Shoot\n"],
  ])("for %s", (_, text) => {
    expect(looksRelevant(text, "/a.yaml")).toBe(false);
  });

  test("for a file that is called almost like the settings", () => {
    expect(looksRelevant("", "/garden/my.registry-cache.yaml")).toBe(false);
  });
});

test("a Secret is no Shoot", () => {
  expect(["kind: Secret\n", "kind: Shoot\n", "kind: Secret\n---\nkind: Shoot\n"].map(looksLikeShoot)).toEqual([
    false,
    true,
    true,
  ]);
});
