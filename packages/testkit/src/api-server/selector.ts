import { badRequest } from "./failure.ts";
import { type ApiObject, textIn } from "./object.ts";

/** Tells whether an object is asked for by the selectors of a request. */
export function selectorOf(query: URLSearchParams, selectable?: readonly string[]): (object: ApiObject) => boolean {
  const labels = splitTerms(query.get("labelSelector") ?? "").map(labelTerm);
  const fields = splitTerms(query.get("fieldSelector") ?? "").map((it) => fieldTerm(it, selectable));
  return (object) => labels.every((it) => it(object)) && fields.every((it) => it(object));
}

type Term = (object: ApiObject) => boolean;

/** Commas within brackets belong to the term. */
function splitTerms(text: string): readonly string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((it) => it.trim())
    .filter((it) => it !== "");
}

function labelTerm(text: string): Term {
  const [, key = "", not, list = ""] = /^(\S+)\s+(not)?in\s+\(([^)]*)\)$/.exec(text) ?? [];
  if (key !== "") {
    const values = list.split(",").map((it) => it.trim());
    return ({ metadata }) => values.includes(metadata.labels?.[key] ?? "\u0000") === (not === undefined);
  }
  const [, found = ""] = /^\S+\s+(?:not)?in\s+([^(].*)$/.exec(text) ?? [];
  if (found !== "") throw badRequest(`unable to parse requirement: found '${found}' expected: '('`);
  const [, name = "", operator = "", value = ""] = /^([^=!]+)(!=|==|=)(.*)$/.exec(text) ?? [];
  if (operator !== "") return ({ metadata }) => (metadata.labels?.[name] === value) === (operator !== "!=");
  const absent = text.startsWith("!");
  return ({ metadata }) => (metadata.labels?.[absent ? text.slice(1) : text] === undefined) === absent;
}

function fieldTerm(text: string, selectable: readonly string[] | undefined): Term {
  const [, path = "", operator = "", value = ""] = /^([^=!]+)(!=|==|=)(.*)$/.exec(text) ?? [];
  const known = ["metadata.name", "metadata.namespace", ...(selectable ?? [path])];
  if (!known.includes(path)) throw badRequest(`field label not supported: ${path}`);
  return (object) => ((textIn(object, ...path.split(".")) ?? "") === value) === (operator !== "!=");
}
