import type { CompletionSource } from "./completion.ts";

/** The keys that a Secret for a cache or a mirror has. */
export const credentialKeys: CompletionSource = {
  slot: "key",
  kind: "secret",
  fields: ["data", "stringData"],
  *items({ place }) {
    const present = new Set(place.levels.at(-1)?.map((it) => it.name));
    const isBundle = present.has("bundle.crt");
    const isLogin = present.has("username") || present.has("password");
    for (const [label, documentation] of login) {
      if (!isBundle) yield { label, kind: "property", detail: "upstream credentials", documentation, rank: 1 };
    }
    if (isLogin) return;
    const documentation = "The CA certificates of a mirror in PEM; nothing may stand beside it.";
    yield { label: "bundle.crt", kind: "property", detail: "CA bundle of a mirror", documentation, rank: 2 };
  },
};

const login = [
  ["username", "The user that the cache logs in as at the upstream; it has no white space."],
  ["password", "The user's password or token; nothing renews it, so it should last."],
] as const;
