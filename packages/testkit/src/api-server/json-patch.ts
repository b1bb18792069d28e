import { ApiFailure, badRequest } from "./failure.ts";
import { type Fields, fieldIn, isFields, isSameJson, textIn } from "./object.ts";

/** Applies a JSON patch (RFC 6902) with the codes of kube-apiserver's library. */
export function applyJsonPatch(document: unknown, steps: unknown): unknown {
  if (!Array.isArray(steps))
    throw badRequest(
      "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp",
    );
  return steps.reduce<unknown>((value, step) => applyStep(value, step), document);
}

/** Applies a merge patch (RFC 7386). */
export function applyMergePatch(document: unknown, patch: unknown): unknown {
  if (!isFields(patch)) return patch;
  const merged: Record<string, unknown> = isFields(document) ? { ...document } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = applyMergePatch(merged[name], value);
  }
  return merged;
}

function applyStep(document: unknown, step: unknown): unknown {
  const op = textIn(step, "op") ?? "";
  const path = textIn(step, "path") ?? "";
  const value = isFields(step) ? step["value"] : undefined;
  switch (op) {
    case "test": {
      if (isSameJson(findTested(document, path) ?? null, value ?? null)) return document;
      throw unprocessable();
    }
    case "add":
      return edit(document, parts(path), (parent, key) => add(parent, key, value));
    case "replace":
      find(document, path);
      return edit(document, parts(path), (parent, key) => set(parent, key, value));
    case "remove":
      find(document, path);
      return edit(document, parts(path), remove);
    case "move":
    case "copy": {
      const from = textIn(step, "from") ?? "";
      const moved = find(document, from);
      const left = op === "move" ? edit(document, parts(from), remove) : document;
      return edit(left, parts(path), (parent, key) => add(parent, key, moved));
    }
    default:
      throw unprocessable();
  }
}

type Container = Fields | readonly unknown[];

function parts(path: string): readonly string[] {
  return path
    .split("/")
    .slice(1)
    .map((it) => it.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function find(document: unknown, path: string): unknown {
  let found = document;
  for (const part of parts(path)) {
    const next = Array.isArray(found) ? found[Number(part)] : fieldIn(found, part);
    const missing = Array.isArray(found)
      ? !(Number(part) < found.length)
      : !(isFields(found) && Object.hasOwn(found, part));
    if (missing) throw unprocessable();
    found = next;
  }
  return found;
}

/** A field that a map does not have counts as null in a test; one that no map could have does not. */
function findTested(document: unknown, path: string): unknown {
  const last = path.lastIndexOf("/");
  const parent = find(document, path.slice(0, Math.max(0, last)));
  const [key = ""] = parts(path.slice(last));
  return isFields(parent) && !Object.hasOwn(parent, key) ? null : find(document, path);
}

function edit(
  document: unknown,
  path: readonly string[],
  change: (parent: Container, key: string) => unknown,
): unknown {
  const [key = "", ...rest] = path;
  if (!isFields(document) && !Array.isArray(document)) throw unprocessable();
  if (rest.length === 0) return change(document, key);
  const inner = Array.isArray(document) ? document[Number(key)] : fieldIn(document, key);
  if (inner === undefined) throw unprocessable();
  return set(document, key, edit(inner, rest, change));
}

function set(parent: Container, key: string, value: unknown): unknown {
  return isList(parent) ? parent.map((it, index) => (index === Number(key) ? value : it)) : { ...parent, [key]: value };
}

function add(parent: Container, key: string, value: unknown): unknown {
  if (!isList(parent)) return { ...parent, [key]: value };
  const index = key === "-" ? parent.length : Number(key);
  if (!(index >= 0 && index <= parent.length)) throw unprocessable();
  return parent.toSpliced(index, 0, value);
}

function remove(parent: Container, key: string): unknown {
  if (isList(parent)) return parent.toSpliced(Number(key), 1);
  const { [key]: _, ...rest } = parent;
  return rest;
}

function isList(value: Container): value is readonly unknown[] {
  return Array.isArray(value);
}

/** kube-apiserver answers 422 to a patch that does not apply, a failed `test` included, and keeps to itself why. */
function unprocessable(): ApiFailure {
  const message = "the server rejected our request due to an error in our request";
  return new ApiFailure({ code: 422, reason: "Invalid", message, details: {} });
}
