import { createServer as createHttp, type IncomingMessage } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";
import { type Authority, type CertificateRequest, createAuthority } from "../certificates.ts";
import { type AccessGrant, authorizerOf } from "./access-rules.ts";
import { json } from "./answer.ts";
import { authenticate, type KnownUsers } from "./authenticate.ts";
import type { Clock } from "./clock.ts";
import { realClock } from "./clock.ts";
import { coreResources } from "./core-resources.ts";
import type { ApiHandler, Authorizer, UserInfo } from "./exchange.ts";
import { createFaults, type Faults } from "./fault.ts";
import { createResourceHandler, type ResourceHandler } from "./handler.ts";
import { answerHttp, type RequestRecord } from "./http-front.ts";
import { MemoryStore } from "./memory-store.ts";
import { type OpenApiDocuments, withOpenApi } from "./open-api.ts";
import type { ResourceDefinition } from "./resource.ts";
import { review } from "./reviews.ts";

/** How a server is to be. */
export interface ApiServerOptions {
  /** Speaks TLS with a certificate of its own authority, unless false; the request changes that certificate. */
  readonly tls?: boolean | Partial<CertificateRequest>;
  readonly clock?: Clock;
  readonly store?: MemoryStore;
  /** Resources beside Secrets, ConfigMaps, Namespaces and Events; a simulator's, for one. */
  readonly resources?: readonly ResourceDefinition[];
  /** Rights of users who are not in system:masters. */
  readonly grants?: readonly AccessGrant[];
  /** Namespaces that exist at the start. */
  readonly namespaces?: readonly string[];
  readonly openApi?: OpenApiDocuments;
}

/** An API server in this process. */
export interface ApiServer {
  readonly url: string;
  readonly authority: Authority;
  readonly store: MemoryStore;
  /** Whom it knows: the token "admin" is for a member of system:masters. */
  readonly known: KnownUsers;
  readonly faults: Faults;
  /** What it was asked, in order. */
  readonly requests: readonly RequestRecord[];
  /** Forgets lists under way: the next page of each is answered by 410. */
  forgetLists(): void;
  /** Closes all connections that are open, watches among them. */
  dropConnections(): void;
  close(): Promise<void>;
}

/** Starts a server on a free port of the machine. */
export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const { tls = true, clock = realClock, store = new MemoryStore(), grants = [] } = options;
  const authorize = authorizerOf(grants);
  const resources = [...coreResources, ...(options.resources ?? [])];
  const handler = createResourceHandler({ resources, store, clock, authorize });
  const known: KnownUsers = {
    tokens: new Map([["admin", { name: "admin", groups: ["system:masters"] }]]),
    passwords: new Map(),
  };
  for (const name of options.namespaces ?? [])
    store.put("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  const faults = createFaults();
  const requests: RequestRecord[] = [];
  const authority = createAuthority();
  const handle = withOpenApi(withExtras(handler, authorize, options), options.openApi ?? {});
  const identify = (request: IncomingMessage): UserInfo => authenticate(request, known);
  const record = (it: RequestRecord): void => void requests.push(it);
  const server = tls === false ? createHttp() : createHttps(tlsOptions(authority, tls === true ? {} : tls));
  server.on("request", (request, out) => {
    answerHttp(request, out, { handle, identify, faults, record }).catch(() => out.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `${tls === false ? "http" : "https"}://127.0.0.1:${portOf(server.address())}`,
    authority,
    store,
    known,
    faults,
    requests,
    forgetLists: () => handler.forgetLists(),
    dropConnections: () => server.closeAllConnections(),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function tlsOptions(authority: Authority, request: Partial<CertificateRequest>): object {
  const { certificate, key } = authority.issue({ commonName: "test", names: ["127.0.0.1", "localhost"], ...request });
  return { cert: certificate, key, ca: authority.certificate, requestCert: true, rejectUnauthorized: false };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== "object" || address === null) throw new Error("unreachable: the server listens");
  return address.port;
}

/** Version and reviews of oneself, which everybody may ask for. */
function withExtras({ handle }: ResourceHandler, authorize: Authorizer, { grants = [] }: ApiServerOptions): ApiHandler {
  return async (request) => {
    const { path } = request;
    const reviewed = await review(request, authorize, grants);
    if (reviewed !== undefined) return { ...json(reviewed, 201), warnings: [] };
    if (path === "/version") return { ...json({ major: "1", minor: "33", gitVersion: "v1.33.0" }), warnings: [] };
    return handle(request);
  };
}
