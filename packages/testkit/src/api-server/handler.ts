import { type Answer, failed, json } from "./answer.ts";
import type { Clock } from "./clock.ts";
import { discover } from "./discovery.ts";
import type { Access, ApiHandler, ApiRequest, Authorizer } from "./exchange.ts";
import { ApiFailure, forbidden } from "./failure.ts";
import { createPager, type Pager } from "./paging.ts";
import { serveCollection, serveObject } from "./read-requests.ts";
import { fullName, type ResourceDefinition, type WriteContext } from "./resource.ts";
import { type Route, routeOf } from "./route.ts";
import type { Store } from "./store.ts";
import { serveWrite } from "./write-requests.ts";

/** What a handler serves, and with what. */
export interface HandlerParts {
  readonly resources: readonly ResourceDefinition[];
  readonly store: Store;
  readonly clock: Clock;
  readonly authorize: Authorizer;
}

/** A handler that can be made to forget lists under way. */
export interface ResourceHandler {
  readonly handle: ApiHandler;
  forgetLists(): void;
}

/** Serves resources by their definitions: discovery, lists, watches, writes. */
export function createResourceHandler(parts: HandlerParts): ResourceHandler {
  const pager = createPager();
  return {
    forgetLists: () => pager.forget(),
    async handle(request) {
      const warnings: string[] = [];
      try {
        const response = await serve(parts, pager, request, (text) => warnings.push(text));
        return { ...response, warnings };
      } catch (error) {
        if (error instanceof ApiFailure) return { ...failed(error), warnings };
        throw error;
      }
    },
  };
}

async function serve(
  parts: HandlerParts,
  pager: Pager,
  request: ApiRequest,
  warn: (text: string) => void,
): Promise<Answer> {
  const discovered = request.method === "GET" ? discover(request.path, parts.resources) : undefined;
  if (discovered !== undefined) return json(discovered);
  const route = routeOf(request.path, parts.resources);
  if (route === undefined)
    throw new ApiFailure({
      code: 404,
      reason: "NotFound",
      message: "the server could not find the requested resource",
      details: {},
    });
  await authorizeRequest(parts, request, route);
  if (request.method === "GET")
    return route.key.name === "" ? serveCollection(parts, pager, request, route) : serveObject(parts, request, route);
  const context: WriteContext = {
    user: request.user,
    now: parts.clock.now(),
    dryRun: request.query.get("dryRun") === "All",
    warn,
  };
  return serveWrite(parts, request, route, context);
}

async function authorizeRequest({ authorize }: HandlerParts, request: ApiRequest, route: Route): Promise<void> {
  const { definition, key, subresource } = route;
  const access: Access = {
    verb: verbOf(request, key.name),
    group: definition.group,
    resource: definition.plural,
    subresource,
    namespace: key.namespace,
    name: key.name,
  };
  if (await authorize(request.user, access)) return;
  const where = key.namespace === "" ? "at the cluster scope" : `in the namespace "${key.namespace}"`;
  const what = subresource === "" ? definition.plural : `${definition.plural}/${subresource}`;
  const why = `User "${request.user.name}" cannot ${access.verb} resource "${what}" in API group "${definition.group}" ${where}`;
  throw forbidden(fullName(definition), key.name, why);
}

function verbOf({ method, query }: ApiRequest, name: string): string {
  if (method === "GET" && query.get("watch") === "true") return "watch";
  if (method === "GET") return name === "" ? "list" : "get";
  if (method === "DELETE") return name === "" ? "deletecollection" : "delete";
  return method === "POST" ? "create" : method === "PUT" ? "update" : "patch";
}
