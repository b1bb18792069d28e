import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { realmAllowed, registrableDomain } from "./realm.ts";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`cases/${name}.json`, import.meta.url), "utf8"));

/** Recorded from the functions of Distribution 3.1.1 itself. */
const realms = read("realms") as readonly (readonly [string, string, boolean])[];
const domains = read("registrable-domains") as { readonly [host: string]: string };

test("sends a credential to exactly the token servers that Distribution sends it to", () => {
  expect(realms.map(([remote, realm]) => [remote, realm, realmAllowed(remote, realm)])).toEqual(realms);
});

test("finds the registrable domains that Distribution finds", () => {
  expect(Object.fromEntries(Object.keys(domains).map((it) => [it, registrableDomain(it)]))).toEqual(domains);
});
