import { type Answer, json } from "./answer.ts";
import type { ApiRequest } from "./exchange.ts";
import { notFound, unexplained } from "./failure.ts";
import type { HandlerParts } from "./handler.ts";
import type { ApiObject } from "./object.ts";
import type { Pager } from "./paging.ts";
import { formOf, toForm, toListForm } from "./representation.ts";
import type { ResourceDefinition } from "./resource.ts";
import type { Route } from "./route.ts";
import { selectorOf } from "./selector.ts";
import type { Store } from "./store.ts";
import { watchLines } from "./watch-stream.ts";

/** Answers a list or a watch. */
export async function serveCollection(
  { store, clock }: HandlerParts,
  pager: Pager,
  request: ApiRequest,
  route: Route,
): Promise<Answer> {
  const { definition, key } = route;
  const { query } = request;
  const namespace = key.namespace === "" ? undefined : key.namespace;
  const selects = selectorOf(query, definition.selectable);
  const matches = (it: ApiObject): boolean =>
    (namespace === undefined || it.metadata.namespace === namespace) && selects(it);
  const form = formOf(request.headers["accept"]);
  const own = { apiVersion: apiVersionOf(definition), kind: definition.kind };
  if (query.get("watch") === "true" || query.get("watch") === "1") {
    const timeout = Number(query.get("timeoutSeconds") ?? 0) * 1000;
    const since = query.get("resourceVersion") ?? "";
    if (!/^\d*$/.test(since))
      throw unexplained(
        `resourceVersion: Invalid value: "${since}": strconv.ParseUint: parsing "${since}": invalid syntax`,
      );
    const bookmarks = query.get("allowWatchBookmarks") === "true";
    const watched = { ...own, resource: key.resource, matches, form, since, bookmarks, timeout };
    const body = watchLines(store, clock, watched, request.signal);
    return { status: 200, headers: { "content-type": "application/json;stream=watch" }, body };
  }
  const list = async (): ReturnType<Store["list"]> => {
    const { items, resourceVersion } = await store.list(key.resource, namespace);
    return { items: items.filter(selects), resourceVersion };
  };
  const { items, metadata } = await pager.page(list, Number(query.get("limit") ?? 0), query.get("continue") ?? "");
  return json(toListForm(items, { ...own, metadata }, form));
}

/** Answers a get. */
export async function serveObject(
  { store }: HandlerParts,
  request: ApiRequest,
  { key, definition, subresource, rest }: Route,
): Promise<Answer> {
  const ask = definition.texts?.[subresource];
  if (ask !== undefined) {
    const { namespace, name } = key;
    const reply = await ask({ namespace, name, rest, query: request.query });
    if (reply === undefined) throw notFound(key.resource, name);
    return { status: reply.status, headers: { "content-type": "text/plain" }, body: reply.text };
  }
  const object = await store.get(key);
  if (object === undefined) throw notFound(key.resource, key.name);
  if (subresource !== "" && !(subresource === "status" && definition.hasStatus)) throw notFound(key.resource, key.name);
  return json(toForm(object, formOf(request.headers["accept"])));
}

function apiVersionOf({ group, version }: ResourceDefinition): string {
  return group === "" ? version : `${group}/${version}`;
}
