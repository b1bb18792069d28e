import { gzipSync } from "node:zlib";
import { challenge, type Quirks, registry, tokens, withPassword, withToken } from "./image.ts";
import { type Handler, passTo, serve, serveBytes, serveNames, serveTls } from "./servers.ts";
import type { Row, Scene, Situation } from "./situation.ts";

const right = { username: "reader", password: "s3cret-example" } as const;
const known = withPassword(right.username, right.password);
const local = (port: number): string => `http://127.0.0.1:${port}`;
const basicRegistry = (lets = known, quirks?: Quirks): Handler => registry(lets, challenge('Basic realm="x"'), quirks);

/** A registry and its token server on one port; `lines` gives the challenges for the realm. */
function together(
  name: string,
  lines: (realm: string) => readonly string[],
  options: {
    readonly lets?: typeof known;
    readonly issuer?: Handler;
    readonly quirks?: Quirks;
    readonly given?: Partial<Situation>;
  } = {},
): Row {
  return {
    name,
    build: async ({ stage }) => {
      const { lets = withToken, issuer = tokens(known), quirks, given = right } = options;
      let port = 0;
      const handler: Handler = (request, response) => {
        if (request.url?.startsWith("/token")) return issuer(request, response);
        registry(lets, challenge(...lines(`http://127.0.0.1:${port}/token`)), quirks)(request, response);
      };
      port = await serve(stage, handler);
      return { remoteURL: local(port), ...given };
    },
  };
}

const bearerLine = (realm: string): string => `Bearer realm="${realm}",service="x"`;
const basicLine = 'Basic realm="x"';
const answer =
  (body: string | Buffer, headers: { readonly [name: string]: string } = {}): Handler =>
  (_, response) =>
    void response.writeHead(200, { "content-type": "application/json", ...headers }).end(body);
const issuing = (name: string, issuer: Handler): Row =>
  together(`token server: ${name}`, (realm) => [bearerLine(realm)], { issuer });

const challenges: readonly Row[] = [
  together("Bearer on the same host and port", (realm) => [bearerLine(realm)]),
  together("Bearer and Basic on two lines, both taken", (realm) => [bearerLine(realm), basicLine], {
    lets: (it) => withToken(it) || known(it),
  }),
  together("Bearer and Basic on two lines, only tokens taken", (realm) => [bearerLine(realm), basicLine]),
  together("Basic and Bearer on two lines, only tokens taken", (realm) => [basicLine, bearerLine(realm)]),
  together("Bearer and Basic on two lines, public, no credential", (realm) => [bearerLine(realm), basicLine], {
    issuer: tokens(known, { isPublic: true }),
    given: {},
  }),
  together("Bearer and Basic in one line, only tokens taken", (realm) => [`${bearerLine(realm)}, ${basicLine}`]),
  together("Basic and Bearer in one line, only tokens taken", (realm) => [`${basicLine}, ${bearerLine(realm)}`]),
  together("Basic and Bearer in one line, only Basic taken", (realm) => [`${basicLine}, ${bearerLine(realm)}`], {
    lets: known,
  }),
  together("two Bearer challenges, the second foreign", (realm) => [
    bearerLine(realm),
    bearerLine("https://auth.example.org/t"),
  ]),
  together("two Bearer challenges, the first foreign", (realm) => [
    bearerLine("https://auth.example.org/t"),
    bearerLine(realm),
  ]),
  together(
    "two Bearer challenges, the second token server broken",
    (realm) => [bearerLine(realm), bearerLine(`${realm}-2`)],
    {
      issuer: (request, response) =>
        request.url?.startsWith("/token-2") ? void response.writeHead(500).end() : tokens(known)(request, response),
    },
  ),
  together(
    "two Bearer challenges, the first token server broken",
    (realm) => [bearerLine(`${realm}-2`), bearerLine(realm)],
    {
      issuer: (request, response) =>
        request.url?.startsWith("/token-2") ? void response.writeHead(500).end() : tokens(known)(request, response),
    },
  ),
  together("a challenge in capitals", (realm) => [`BEARER REALM="${realm}"`]),
  together("a challenge of 1 MB", (realm) => [`${bearerLine(realm)},x="${"y".repeat(1 << 20)}"`]),
  together("Bearer without a realm", () => ['Bearer service="x"']),
  together("Negotiate", () => ["Negotiate"]),
  together("401 without a challenge", () => []),
];

const issuers: readonly Row[] = [
  issuing("access_token only", answer('{"access_token":"let-me-in"}')),
  issuing("names in capitals", answer('{"TOKEN":"let-me-in"}')),
  issuing("text behind the JSON", answer('{"token":"let-me-in"}\nmore')),
  issuing("packed by gzip", answer(gzipSync('{"token":"let-me-in"}'), { "content-encoding": "gzip" })),
  issuing("no token", answer("{}")),
  issuing("a lifetime in quotes", answer('{"token":"let-me-in","expires_in":"300"}')),
  issuing("a time that is none", answer('{"token":"let-me-in","issued_at":"yesterday"}')),
  issuing("a page of HTML", answer("<html>")),
  issuing("status 403", (_, response) => void response.writeHead(403).end()),
  issuing("status 500", (_, response) => void response.writeHead(500).end()),
  issuing("too many requests", (_, response) => void response.writeHead(429, { "retry-after": "60" }).end()),
  issuing("answers after 2 s", (request, response) => void setTimeout(() => tokens(known)(request, response), 2000)),
  issuing("answers after 18 s", (request, response) => void setTimeout(() => tokens(known)(request, response), 18_000)),
  issuing("redirects to itself", (_, response) => void response.writeHead(307, { location: "/token" }).end()),
];

const single = (name: string, handler: Handler, given: Partial<Situation> = right): Row => ({
  name,
  build: async ({ stage }) => ({ remoteURL: local(await serve(stage, handler)), ...given }),
});
const status =
  (code: number, headers: { readonly [name: string]: string } = {}): Handler =>
  (_, response) =>
    void response.writeHead(code, headers).end();
const accepts = (username: string, password: string): Row =>
  single(
    `Basic, username ${JSON.stringify(username)}, password ${JSON.stringify(password)}`,
    basicRegistry(withPassword(username, password)),
    { username, password },
  );
/** Takes the password as Google does: it is JSON, however it is written. */
const takesJson: typeof known = (authorization) => {
  const [, password = ""] =
    /^_json_key:(.*)$/s.exec(Buffer.from(authorization?.slice(6) ?? "", "base64").toString()) ?? [];
  return password !== "" && JSON.parse(password).type === "service_account";
};

const registries: readonly Row[] = [
  accepts("reader", 'it\'s \\ "x"'),
  accepts("robot$team+ci", "s3cret"),
  accepts("0123", "456"),
  accepts("a:b", "s3cret"),
  accepts("reader", "ümlaut-🔑"),
  accepts("reader", "two words"),
  single("Basic, a folded password is the right one", basicRegistry(withPassword("reader", "two words")), {
    username: "reader",
    password: "two\nwords",
  }),
  single("Basic, service account key on several lines", basicRegistry(takesJson), {
    username: "_json_key",
    password: '{\n  "type": "service_account"\n}\n',
  }),
  single("no HEAD", basicRegistry(known, { head: "405" })),
  single("no digest on HEAD", basicRegistry(known, { head: "without-digest" })),
  single("no digest at all", basicRegistry(known, { head: "without-digest", digestOnGet: false })),
  single("an image index", basicRegistry(known, { type: "application/vnd.oci.image.index.v1+json" })),
  single(
    "a manifest of schema 1",
    basicRegistry(known, { type: "application/vnd.docker.distribution.manifest.v1+json" }),
  ),
  single("no registry", status(404)),
  single("too many requests", status(429, { "retry-after": "60" })),
  single("broken", status(503)),
  single("a redirect without a place", status(302)),
  single(
    "redirects to itself",
    (request, response) => void response.writeHead(302, { location: request.url ?? "" }).end(),
  ),
  single("slash at the end, //v2/ unknown, Basic", withoutDoubleSlash(basicRegistry()), right),
  single("answers after 2 s", (request, response) => void setTimeout(() => basicRegistry()(request, response), 2000)),
];

function withoutDoubleSlash(handler: Handler): Handler {
  return (request, response) =>
    request.url === "//v2/" ? void response.writeHead(404).end() : handler(request, response);
}

const slashes: readonly Row[] = [
  {
    name: "slash at the end, //v2/ unknown, Bearer",
    build: async ({ stage }) => {
      let port = 0;
      const own: Handler = (request, response) =>
        request.url?.startsWith("/token")
          ? tokens(known)(request, response)
          : registry(withToken, challenge(bearerLine(`http://127.0.0.1:${port}/token`)))(request, response);
      port = await serve(stage, withoutDoubleSlash(own));
      return { remoteURL: `${local(port)}/`, ...right };
    },
  },
];

/** Redirects the root, or all, to another place. */
const moved =
  (to: string, all: boolean, handler: Handler): Handler =>
  (request, response) => {
    if (all || request.url === "/v2/") response.writeHead(307, { location: `${to}${request.url}` }).end();
    else handler(request, response);
  };

const redirects: readonly Row[] = [false, true].map((all) => ({
  name: `redirected to another host: ${all ? "everything" : "/v2/ only"}`,
  build: async ({ stage }) => {
    const target = await serve(stage, basicRegistry());
    return { remoteURL: local(await serve(stage, moved(local(target), all, basicRegistry()))), ...right };
  },
}));

const tokenMoves: readonly Row[] = (["http://sub.auth.example.com", "http://auth.example.net"] as const).map((to) => ({
  name: `the token server redirects to ${to}`,
  build: async ({ stage }) => {
    const issuer = await serve(stage, tokens(known));
    const first = await serve(
      stage,
      (request, response) => void response.writeHead(302, { location: `${to}${request.url}` }).end(),
    );
    const own = await serve(stage, registry(withToken, challenge(bearerLine("http://auth.example.com/token"))));
    const names = {
      "registry.example.com:80": own,
      "auth.example.com:80": first,
      [`${new URL(to).hostname}:80`]: issuer,
    };
    return { remoteURL: "http://registry.example.com", httpProxy: local(await serveNames(stage, names)), ...right };
  },
}));

const overTls = (name: string, pair: keyof Scene["pairs"], given: Partial<Situation>): Row => ({
  name,
  build: async ({ stage, pairs }) => ({
    remoteURL: `https://127.0.0.1:${await serveTls(stage, basicRegistry(), pairs[pair])}`,
    ...right,
    ...given,
  }),
});

const connections: readonly Row[] = [
  overTls("TLS, known authority", "local", { known: true }),
  overTls("TLS, unknown authority", "local", {}),
  overTls("TLS, certificate for another host", "named", { known: true }),
  overTls("TLS, certificate has expired", "expired", { known: true }),
  overTls("TLS, certificate names no host", "nameless", { known: true }),
  {
    name: "http to a TLS port",
    build: async ({ stage, pairs }) => ({
      remoteURL: local(await serveTls(stage, basicRegistry(), pairs.local)),
      ...right,
    }),
  },
  {
    name: "https to a plain port",
    build: async ({ stage }) => ({
      remoteURL: `https://127.0.0.1:${await serve(stage, basicRegistry())}`,
      ...right,
      known: true,
    }),
  },
  {
    name: "everything redirected from http to https",
    build: async ({ stage, pairs }) => {
      const secure = await serveTls(stage, basicRegistry(), pairs.local);
      const plain = moved(`https://127.0.0.1:${secure}`, true, basicRegistry());
      return { remoteURL: local(await serve(stage, plain)), ...right, known: true };
    },
  },
  {
    name: "dead port",
    build: async ({ stage }) => {
      const port = await serve(stage, basicRegistry());
      stage.closers.pop()?.();
      return { remoteURL: local(port), ...right };
    },
  },
  { name: "unknown name", build: async () => ({ remoteURL: "http://registry.invalid", ...right }) },
  {
    name: "answer is no HTTP",
    build: async ({ stage }) => ({
      remoteURL: local(await serveBytes(stage, (it) => it.end("hello\r\n\r\n"))),
      ...right,
    }),
  },
  {
    name: "connection closed at once",
    build: async ({ stage }) => ({ remoteURL: local(await serveBytes(stage, (it) => it.destroy())), ...right }),
  },
  {
    name: "headers without end",
    build: async ({ stage }) => ({
      remoteURL: local(
        await serveBytes(stage, (socket) => flood(socket, "HTTP/1.1 200 OK\r\n", `x: ${"y".repeat(65_536)}\r\n`)),
      ),
      ...right,
    }),
  },
  {
    name: "IPv6",
    build: async ({ stage }) => ({ remoteURL: `http://[::1]:${await serve(stage, basicRegistry(), "::1")}`, ...right }),
  },
];

/** Sends the same bytes again and again, as long as anybody reads them. */
function flood(socket: import("node:net").Socket, head: string, more: string): void {
  const fill = (): void => {
    while (!socket.destroyed && socket.write(more));
  };
  socket.write(head);
  socket.on("drain", fill);
  fill();
}

const throughProxy = (name: string, build: Row["build"]): Row => ({ name: `proxy: ${name}`, build });

const proxies: readonly Row[] = [
  throughProxy("a tunnel for https", async ({ stage, pairs }) => {
    const port = await serveTls(stage, basicRegistry(), pairs.named);
    const proxy = local(await serveNames(stage, { "registry.example.com:443": port }));
    return { remoteURL: "https://registry.example.com", httpsProxy: proxy, known: true, ...right };
  }),
  throughProxy("refuses the tunnel", async ({ stage }) => ({
    remoteURL: "https://registry.example.com",
    httpsProxy: local(await serveNames(stage, {})),
    ...right,
  })),
  throughProxy("is for the other scheme", async ({ stage }) => ({
    remoteURL: "http://registry.invalid",
    httpsProxy: local(await serveNames(stage, {})),
    ...right,
  })),
  throughProxy("is dead", async () => ({
    remoteURL: "http://registry.example.com",
    httpProxy: "http://127.0.0.1:1",
    ...right,
  })),
  throughProxy("knows no such host", async ({ stage }) => ({
    remoteURL: "http://registry.example.com",
    httpProxy: local(await serveNames(stage, {})),
    ...right,
  })),
  throughProxy("is left out for the loopback", async ({ stage }) => ({
    remoteURL: local(await serve(stage, basicRegistry())),
    httpProxy: "http://127.0.0.1:1",
    ...right,
  })),
  throughProxy("over TLS", async ({ stage, pairs }) => {
    const names = await serveNames(stage, { "registry.example.com:80": await serve(stage, basicRegistry()) });
    const secure = await serveTls(stage, passTo(names), pairs.local);
    return {
      remoteURL: "http://registry.example.com",
      httpProxy: `https://127.0.0.1:${secure}`,
      known: true,
      ...right,
    };
  }),
];

/** Situations that no ordinary registry makes. */
export const oddRows: readonly Row[] = [
  ...challenges,
  ...issuers,
  ...registries,
  ...slashes,
  ...redirects,
  ...tokenMoves,
  ...connections,
  ...proxies,
];
