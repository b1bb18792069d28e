import { badRequest } from "./failure.ts";
import { type ApiObject, type Fields, isFields, type ObjectMeta, textIn } from "./object.ts";
import type { ResourceDefinition } from "./resource.ts";

/** Reads the body of a write. */
export function readObject(body: string, { kind, group, version }: ResourceDefinition): ApiObject {
  let read: unknown;
  try {
    read = JSON.parse(body);
  } catch {
    throw badRequest(
      `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error`,
    );
  }
  const apiVersion = group === "" ? version : `${group}/${version}`;
  if (!isFields(read)) throw badRequest(`the object provided is unrecognized (must be of type ${kind})`);
  if ((textIn(read, "kind") ?? kind) !== kind || (textIn(read, "apiVersion") ?? apiVersion) !== apiVersion)
    throw badRequest(
      `${textIn(read, "kind")} in version "${textIn(read, "apiVersion")}" cannot be handled as a ${kind}: converting (${textIn(read, "apiVersion")}.${textIn(read, "kind")}) to (core.${kind}): unknown conversion`,
    );
  return { ...read, apiVersion, kind, metadata: readMeta(read["metadata"]) };
}

function readMeta(metadata: unknown): ObjectMeta {
  const fields: Fields = isFields(metadata) ? metadata : {};
  return { ...fields, name: textIn(metadata, "name") ?? "" };
}
