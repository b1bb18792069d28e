import { type Answer, json } from "./answer.ts";
import type { ApiRequest } from "./exchange.ts";
import { ApiFailure, badRequest, notFound } from "./failure.ts";
import type { HandlerParts } from "./handler.ts";
import { applyJsonPatch, applyMergePatch } from "./json-patch.ts";
import { type ApiObject, isFields, listIn } from "./object.ts";
import { readObject } from "./read-object.ts";
import { formOf, toForm } from "./representation.ts";
import type { ResourceDefinition, WriteContext } from "./resource.ts";
import type { Route } from "./route.ts";
import { createObject, deleteObject, updateObject } from "./write-object.ts";

/** Answers a create, update, patch or delete, or an action. */
export async function serveWrite(
  parts: HandlerParts,
  request: ApiRequest,
  route: Route,
  context: WriteContext,
): Promise<Answer> {
  const { definition, key, subresource } = route;
  const target = { store: parts.store, definition, key, context };
  const form = formOf(request.headers["accept"]);
  if (request.method === "DELETE") {
    const options = optionsOf(request.body);
    // With a body, the query does not count.
    const dryRun = request.body === "" ? context.dryRun : listIn(options, "dryRun").includes("All");
    const doomed = await deleteObject({ ...target, context: { ...context, dryRun } }, options);
    return json(
      doomed ?? {
        kind: "Status",
        apiVersion: "v1",
        metadata: {},
        status: "Success",
        details: { name: key.name, kind: definition.plural },
      },
    );
  }
  if (subresource !== "" && subresource !== "status") return act(parts, request, route, context);
  if (request.method === "POST") {
    const object = readObject(request.body, definition);
    checkFields(object, definition, request.query, context);
    return json(toForm(await createObject(target, object), form), 201);
  }
  const change = changeOf(request, definition);
  const updated = await updateObject(target, (old) => {
    const wanted = change(old);
    checkFields(wanted, definition, request.query, context);
    if (definition.hasStatus !== true) return wanted;
    return subresource === "status" ? { ...old, status: wanted["status"] } : { ...wanted, status: old["status"] };
  });
  return json(toForm(updated, form));
}

/** What a PUT or PATCH makes of an object. */
function changeOf(
  { method, headers, body }: ApiRequest,
  definition: ResourceDefinition,
): (old: ApiObject) => ApiObject {
  if (method === "PUT") {
    const object = readObject(body, definition);
    return () => object;
  }
  const type = (headers["content-type"] ?? "").split(";")[0] ?? "";
  const patch: unknown = parsePatch(body);
  const apply = type === "application/json-patch+json" ? applyJsonPatch : applyMergePatch;
  if (type !== "application/json-patch+json" && !type.endsWith("merge-patch+json")) {
    const message =
      "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json";
    throw new ApiFailure({ code: 415, reason: "UnsupportedMediaType", message });
  }
  return (old) => readObject(JSON.stringify(apply(old, patch)), definition);
}

function parsePatch(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw badRequest("error decoding patch: invalid character looking for beginning of value");
  }
}

async function act({ store }: HandlerParts, request: ApiRequest, route: Route, context: WriteContext): Promise<Answer> {
  const { definition, key, subresource } = route;
  const action = definition.actions?.[subresource];
  const object = await store.get(key);
  if (action === undefined || object === undefined || request.method !== "POST") throw notFound(key.resource, key.name);
  const body: unknown = JSON.parse(request.body);
  return json(await action(isFields(body) ? body : {}, object, context), 201);
}

function optionsOf(body: string): Readonly<Record<string, unknown>> {
  if (body === "") return {};
  const options: unknown = JSON.parse(body);
  return isFields(options) ? options : {};
}

function checkFields(
  object: ApiObject,
  { fields, kind, version }: ResourceDefinition,
  query: URLSearchParams,
  context: WriteContext,
): void {
  const unknown = Object.keys(object).filter((it) => fields !== undefined && !fields.includes(it));
  const level = query.get("fieldValidation") || "Warn";
  if (unknown.length === 0 || level === "Ignore") return;
  const told = unknown.map((it) => `unknown field "${it}"`);
  if (level === "Warn") for (const text of told) context.warn(text);
  else
    throw badRequest(
      `${kind} in version "${version}" cannot be handled as a ${kind}: strict decoding error: ${told.join(", ")}`,
    );
}
