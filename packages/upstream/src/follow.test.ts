import { expect, test } from "vitest";
import { follow, followAuthorized } from "./follow.ts";
import type { Outcome, WireRequest } from "./outcome.ts";

const start = { method: "GET", bodyLimit: 0 } as const;

/** Plays servers that redirect as a table says, and notes who was sent what. */
function servers(redirects: { readonly [url: string]: string }) {
  const seen: string[] = [];
  const send = async ({ url, authorization }: WireRequest): Promise<Outcome> => {
    seen.push(authorization === undefined ? url : `${url} with ${authorization}`);
    const location = redirects[url];
    return {
      kind: "reply",
      url,
      status: location ? 307 : 200,
      headers: location ? [["location", location]] : [],
      body: "",
    };
  };
  return { seen, send };
}

test("an authorization goes along to the same host and below, and stays behind for good at another", async () => {
  const { seen, send } = servers({
    "https://a.example/1": "/2",
    "https://a.example/2": "http://a.example:8080/3",
    "http://a.example:8080/3": "https://x.a.example/4",
    "https://x.a.example/4": "https://ba.example/5",
    "https://ba.example/5": "https://a.example/6",
  });
  await follow(send, { ...start, url: "https://a.example/1", authorization: "S" });
  expect(seen).toEqual([
    "https://a.example/1 with S",
    "https://a.example/2 with S",
    "http://a.example:8080/3 with S",
    "https://x.a.example/4 with S",
    "https://ba.example/5",
    "https://a.example/6",
  ]);
});

test("each place on the way can be authorized for itself, or stop it", async () => {
  const { seen, send } = servers({
    "https://a.example/1": "https://b.example/2",
    "https://b.example/2": "https://c.example/",
  });
  const stop = { kind: "failure", url: "c", reason: "unsupported", message: "no" } as const;
  const outcome = await followAuthorized(send, { ...start, url: "https://a.example/1" }, async (url) =>
    url.includes("c.example") ? stop : url.includes("b.example") ? "B" : undefined,
  );
  expect([outcome, seen]).toEqual([stop, ["https://a.example/1", "https://b.example/2 with B"]]);
});

test("a loop ends after 10 redirects", async () => {
  const { seen, send } = servers({ "https://a.example/": "https://a.example/" });
  expect(await follow(send, { ...start, url: "https://a.example/" })).toMatchObject({
    reason: "redirects",
    message: "more than 10 redirects",
  });
  expect(seen.length).toBe(10);
});

test.each([
  ["a place that is no URL", "https://[", { kind: "failure", message: "the redirect leads nowhere" }],
  ["no place", "", { kind: "reply", status: 200 }],
])("a redirect with %s", async (_, location, expected) => {
  const { send } = servers({ "https://a.example/": location });
  expect(await follow(send, { ...start, url: "https://a.example/" })).toMatchObject(expected);
});
