import { account } from "./debian.ts";
import { serve, serveNames } from "./servers.ts";
import type { Row, Scene, Situation } from "./situation.ts";

const right = account;
const wrong = { username: "reader", password: "wrong" } as const;
const local = (port: number, path = ""): string => `http://127.0.0.1:${port}${path}`;

/** Debian's registry with and without htpasswd. */
const plain: readonly Row[] = [
  {
    name: "no login wanted, none given",
    build: async ({ stage, debian }) => ({ remoteURL: local(await debian.open(stage)) }),
  },
  {
    name: "no login wanted, one given",
    build: async ({ stage, debian }) => ({ remoteURL: local(await debian.open(stage)), ...wrong }),
  },
  ...basic("right", right),
  ...basic("wrong password", wrong),
  ...basic("no credential", {}),
  ...basic("username alone", { username: "reader", password: "" }),
  ...basic("newline at the end of the password", { ...right, password: `${right.password}\n` }),
  ...basic("username in double quotes", { ...right, username: '"reader"' }),
  ...basic("username in single quotes", { ...right, username: "'reader'" }),
  ...basic("username with a newline at its end", { ...right, username: "reader\n" }),
  ...basic("username with a comment behind it", { ...right, username: "reader #1" }),
  ...basic("username ~", { ...right, username: "~" }),
  ...basic("username @reader", { ...right, username: "@reader" }),
  ...basic("username reader:", { ...right, username: "reader:" }),
  ...basic("username &reader", { ...right, username: "&reader" }),
  ...basic("username |", { ...right, username: "|" }),
  ...basic("password with a line of dashes", { ...right, password: "a\n---\nb" }),
  ...basic("password with a control character", { ...right, password: "a\u0007b" }),
  ...basic("another repository", { ...right, image: { name: "team/other", reference: "v1" } }),
  ...basic("another tag", { ...right, image: { name: "team/app", reference: "v9" } }),
  ...basic("slash at the end of remoteURL", right, "/"),
];

function basic(name: string, given: Partial<Situation>, path = ""): readonly Row[] {
  const build = async ({ stage, debian }: Scene): Promise<Situation> => ({
    remoteURL: local(await debian.basic(stage), path),
    ...given,
  });
  return [{ name: `Basic, ${name}`, build }];
}

interface Realm {
  readonly remoteURL?: string;
  readonly realm: string;
  readonly isPublic?: boolean;
}

/** Debian's registry with a token server, both under names that a proxy leads to. */
function bearer(
  name: string,
  { remoteURL = "http://registry.example.com", realm, isPublic = false }: Realm,
  given: Partial<Situation>,
): Row {
  return {
    name: `Bearer, ${name}`,
    build: async ({ stage, debian }) => {
      const [registry, issuer] = [await debian.bearer(stage, realm), await serve(stage, debian.tokens({ isPublic }))];
      const names = { [placeOf(realm)]: issuer, [placeOf(remoteURL)]: registry };
      return { remoteURL, httpProxy: local(await serveNames(stage, names)), ...given };
    },
  };
}

function placeOf(url: string): string {
  const { hostname, port } = new URL(url);
  return `${hostname}:${port || 80}`;
}

const own = { realm: "http://auth.example.com/token" };
const foreign = { realm: "http://auth.example.org/token" };

const named: readonly Row[] = [
  bearer("right", own, right),
  bearer("wrong password", own, wrong),
  bearer("no credential", own, {}),
  bearer("no credential, public", { ...own, isPublic: true }, {}),
  bearer("wrong password, public", { ...own, isPublic: true }, wrong),
  bearer("newline at the end of the password", own, { ...right, password: `${right.password}\n` }),
  bearer("username ~", own, { ...right, username: "~" }),
  bearer("username ~, public", { ...own, isPublic: true }, { ...right, username: "~" }),
  bearer("another repository", own, { ...right, image: { name: "team/other", reference: "v1" } }),
  bearer("realm on a foreign domain", foreign, right),
  bearer("realm on a foreign domain, public", { ...foreign, isPublic: true }, right),
  bearer("realm on a foreign domain, public, no credential", { ...foreign, isPublic: true }, {}),
  bearer("realm on the same host, another port", { realm: "http://registry.example.com:8080/token" }, right),
  bearer("realm in capitals", { realm: "HTTP://auth.example.com/token" }, right),
  bearer("realm in capitals, public", { realm: "HTTP://auth.example.com/token", isPublic: true }, right),
  bearer("realm with a character that Go escapes", { realm: "http://auth.example.com/to|ken" }, right),
  bearer("single labels", { remoteURL: "http://registry:5000", realm: "http://auth:5001/token" }, right),
  bearer(
    "a single label and a domain",
    { remoteURL: "http://registry:5000", realm: "http://auth.example.com/token" },
    right,
  ),
  bearer(
    "two customers of a public suffix",
    { remoteURL: "http://a.github.io", realm: "http://b.github.io/token" },
    right,
  ),
  bearer(
    "one customer of a public suffix",
    { remoteURL: "http://x.a.github.io", realm: "http://y.a.github.io/token" },
    right,
  ),
  bearer("two public suffixes", { remoteURL: "http://github.io", realm: "http://co.uk/token" }, right),
  bearer("two names of .local", { remoteURL: "http://registry.local", realm: "http://auth.local/token" }, right),
  bearer(
    "two Services of a cluster",
    { remoteURL: "http://a.x.svc.cluster.local", realm: "http://b.y.svc.cluster.local/token" },
    right,
  ),
  bearer(
    "two names that end in a dot",
    { remoteURL: "http://registry.example.com.", realm: "http://auth.example.org./token" },
    right,
  ),
  bearer("slash at the end of remoteURL", { ...own, remoteURL: "http://registry.example.com/" }, right),
];

/** The token server at a literal address: only the same port counts. */
const literal: readonly Row[] = ["127.0.0.1", "localhost"].map((host) => ({
  name: `Bearer, both on ${host}, other ports`,
  build: async ({ stage, debian }) => {
    const issuer = await serve(stage, debian.tokens());
    return { remoteURL: `http://${host}:${await debian.bearer(stage, `http://${host}:${issuer}/token`)}`, ...right };
  },
}));

/** Situations in which Debian's registry is the upstream. */
export const realRows: readonly Row[] = [...plain, ...named, ...literal];
