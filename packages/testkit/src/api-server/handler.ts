import { type Answer, failed, json } from "./answer.ts";
import type { Clock } from "./clock.ts";
import { discover } from "./discovery.ts";
import type { Access, ApiHandler, ApiRequest, Authorizer } from "./exchange.ts";
import { ApiFailure, forbidden, invalid, methodNotAllowed } from "./failure.ts";
import { createFieldOwners, type FieldOwners } from "./field-owners.ts";
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
  const owners = createFieldOwners();
  return {
    forgetLists: () => pager.forget(),
    async handle(request) {
      const warnings: string[] = [];
      try {
        const response = await serve({ ...parts, owners }, pager, request, (text) => warnings.push(text));
        return { ...response, warnings };
      } catch (error) {
        if (error instanceof ApiFailure) return { ...failed(error), warnings };
        throw error;
      }
    },
  };
}

/** What a handler works with beside what it was given. */
export interface ServingParts extends HandlerParts {
  readonly owners: FieldOwners;
}

async function serve(
  parts: ServingParts,
  pager: Pager,
  request: ApiRequest,
  warn: (text: string) => void,
): Promise<Answer> {
  const discovered = request.method === "GET" ? discover(request.path, parts.resources) : undefined;
  if (discovered !== undefined) return json(discovered);
  const route = routeOf(request.path, parts.resources);
  if (route === undefined) return nothingThere(request.path, parts.resources);
  await authorizeRequest(parts, request, route);
  checkMethod(request.method, route);
  checkDryRun(request);
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

/** A group that there is refuses as the API does, anything else is no path of it. */
function nothingThere(path: string, resources: readonly ResourceDefinition[]): Answer {
  const [root, group, version] = path.split("/").slice(1);
  const served = root === "api" ? ["", group] : [group, version];
  if (!resources.some((it) => it.group === served[0] && it.version === served[1]))
    return { status: 404, headers: { "content-type": "text/plain; charset=utf-8" }, body: "404 page not found\n" };
  const message = "the server could not find the requested resource";
  throw new ApiFailure({ code: 404, reason: "NotFound", message, details: {} });
}

function checkMethod(method: string, { key, subresource }: Route): void {
  const allowed = key.name === "" ? ["GET", "POST", "DELETE"] : ["GET", "PUT", "PATCH", "DELETE"];
  if (subresource === "" && !allowed.includes(method)) throw methodNotAllowed();
}

function checkDryRun({ method, query }: ApiRequest): void {
  const asked = query.get("dryRun");
  const kinds: { readonly [method: string]: string } = {
    POST: "Create",
    PUT: "Update",
    PATCH: "Patch",
    DELETE: "Delete",
  };
  const kind = kinds[method];
  if (asked === null || asked === "All" || kind === undefined) return;
  const message = `Unsupported value: ${JSON.stringify([asked])}: supported values: "All"`;
  throw invalid(`${kind}Options.meta.k8s.io`, "", [{ reason: "FieldValueNotSupported", message, field: "dryRun" }]);
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
