import { type Answer, json } from "./answer.ts";
import type { ApiRequest } from "./exchange.ts";
import { ApiFailure, badRequest, invalid, notFound } from "./failure.ts";
import type { ServingParts } from "./handler.ts";
import { applyJsonPatch, applyMergePatch } from "./json-patch.ts";
import { type ApiObject, isFields, listIn, textIn } from "./object.ts";
import { readObject } from "./read-object.ts";
import { formOf, toForm } from "./representation.ts";
import type { ResourceDefinition, WriteContext } from "./resource.ts";
import type { Route } from "./route.ts";
import { createObject, deleteObject, updateObject } from "./write-object.ts";

/** Answers a create, update, patch or delete, or an action. */
export async function serveWrite(
  parts: ServingParts,
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
    if (!doomed.gone) return json(toForm(doomed.object, form));
    const { uid } = doomed.object.metadata;
    const { group, plural } = definition;
    const details = { name: key.name, ...(group !== "" && { group }), kind: plural, uid };
    return json({ kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details });
  }
  if (subresource !== "" && subresource !== "status") return act(parts, request, route, context);
  if (request.method === "POST") {
    const object = checkFields(readObject(request.body, definition), definition, request.query, context);
    const created = await createObject(target, object);
    if (!context.dryRun) parts.owners.wrote(managerOf(request), undefined, created);
    return json(toForm(created, form), 201);
  }
  if (mediaType(request) === applyType) return applyRequest(parts, request, route, context);
  const change = changeOf(request, definition);
  let before: ApiObject | undefined;
  const updated = await updateObject(target, (old) => {
    before = old;
    const wanted = checkFields(change(old), definition, request.query, context);
    if (definition.hasStatus !== true) return wanted;
    return subresource === "status" ? { ...old, status: wanted["status"] } : { ...wanted, status: old["status"] };
  });
  if (!context.dryRun) parts.owners.wrote(managerOf(request), before, updated);
  return json(toForm(updated, form));
}

/** Answers a server-side apply. */
async function applyRequest(
  { owners, store }: ServingParts,
  { query, body, headers }: ApiRequest,
  { definition, key }: Route,
  context: WriteContext,
): Promise<Answer> {
  const manager = query.get("fieldManager") ?? "";
  const form = formOf(headers["accept"]);
  if (manager === "") throw noManager();
  const parsed = parsePatch(body);
  if (textIn(parsed, "kind") === undefined) throw badRequest("invalid object type: /, Kind=");
  const wanted = checkFields(readObject(body, definition), definition, query, context);
  const target = { store, definition, key, context };
  const there = (await store.get(key)) !== undefined;
  const written = there
    ? await updateObject(target, (old) => owners.apply(manager, old, wanted, query.get("force") === "true"))
    : await createObject(target, { ...wanted, metadata: { ...wanted.metadata, name: key.name } });
  if (!context.dryRun) owners.applied(manager, written, wanted);
  return json(toForm(written, form), there ? 200 : 201);
}

const applyType = "application/apply-patch+yaml";

function noManager(): ApiFailure {
  const message = "Required value: is required for apply patch";
  return invalid("PatchOptions.meta.k8s.io", "", [{ reason: "FieldValueRequired", message, field: "fieldManager" }]);
}

/** Who does not say what it is called is called by its User-Agent. */
function managerOf({ query, headers }: ApiRequest): string {
  return query.get("fieldManager") ?? ((headers["user-agent"] ?? "").split("/")[0] || "unknown");
}

function mediaType({ headers }: ApiRequest): string {
  return (headers["content-type"] ?? "").split(";")[0] ?? "";
}

/** What a PUT or PATCH makes of an object. */
function changeOf(request: ApiRequest, definition: ResourceDefinition): (old: ApiObject) => ApiObject {
  const { method, body } = request;
  if (method === "PUT") {
    const object = readObject(body, definition);
    return () => object;
  }
  const type = mediaType(request);
  const patch: unknown = parsePatch(body);
  const apply = type === "application/json-patch+json" ? applyJsonPatch : applyMergePatch;
  if (type !== "application/json-patch+json" && !type.endsWith("merge-patch+json")) {
    const message = "415: Unsupported Media Type";
    throw new ApiFailure({ code: 415, reason: "UnsupportedMediaType", message, details: {} });
  }
  return (old) => sameIdentity(readObject(JSON.stringify(apply(old, patch)), definition), old);
}

/** A patch that changes who an object is breaks a rule, and the real server says so twice. */
function sameIdentity(wanted: ApiObject, { kind, metadata }: ApiObject): ApiObject {
  const { uid } = wanted.metadata;
  if (uid === undefined || uid === metadata.uid) return wanted;
  const message = `Invalid value: ${JSON.stringify(uid)}: field is immutable`;
  const cause = { reason: "FieldValueInvalid", message, field: "metadata.uid" };
  throw invalid(kind, metadata.name, [cause, cause]);
}

function parsePatch(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw badRequest("error decoding patch: invalid character looking for beginning of value");
  }
}

async function act({ store }: ServingParts, request: ApiRequest, route: Route, context: WriteContext): Promise<Answer> {
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

/** Refuses or warns of fields that there are not, and drops them. */
function checkFields(
  object: ApiObject,
  { fields, kind, version }: ResourceDefinition,
  query: URLSearchParams,
  context: WriteContext,
): ApiObject {
  const unknown = Object.keys(object).filter((it) => fields !== undefined && !fields.includes(it));
  const level = query.get("fieldValidation") || "Warn";
  const { apiVersion, metadata } = object;
  const known = Object.entries(object).filter(([name]) => !unknown.includes(name));
  const pruned = { ...Object.fromEntries(known), apiVersion, kind, metadata };
  if (unknown.length === 0 || level === "Ignore") return pruned;
  const told = unknown.map((it) => `unknown field "${it}"`);
  if (level === "Warn") for (const text of told) context.warn(text);
  else
    throw badRequest(
      `${kind} in version "${version}" cannot be handled as a ${kind}: strict decoding error: ${told.join(", ")}`,
    );
  return pruned;
}
