import { Cursor } from "./cursor.ts";
import { type Operand, type Operator, type Part, type Step, TemplateError } from "./template.ts";

/**
 * Reads a template as kubectl's -o jsonpath takes it: `{.items[*].name}`, `{range .items[*]}{.name}{"\n"}{end}`, filters,
 * slices, unions and `..`. A template without braces is an expression. Throws a `TemplateError`.
 */
export function parseTemplate(template: string): readonly Part[] {
  const text = template.includes("{") ? template : `{${/^[.[$@]/.test(template) ? "" : "."}${template}}`;
  return readParts(new Cursor(text), false);
}

/** Reads a path such as `.metadata.name` or `{.metadata.name}`, as --sort-by takes it. */
export function parsePath(path: string): readonly Step[] {
  const [part, ...more] = parseTemplate(path);
  if (part?.type !== "path" || more.length > 0) throw new TemplateError("is no single path");
  return part.steps;
}

function readParts(cursor: Cursor, inRange: boolean): readonly Part[] {
  const parts: Part[] = [];
  while (!cursor.done) {
    const text = cursor.match(/[^{]+/y);
    if (text !== undefined) parts.push({ type: "text", text });
    if (!cursor.take("{")) continue;
    cursor.skipBlanks();
    if (cursor.match(/end(?=\s*\})/y) !== undefined) {
      if (!inRange) throw new TemplateError("has an {end} without a {range}");
      cursor.expect("}");
      return parts;
    }
    parts.push(readExpression(cursor));
  }
  if (inRange) throw new TemplateError("has a {range} without an {end}");
  return parts;
}

function readExpression(cursor: Cursor): Part {
  const text = cursor.quoted();
  if (text !== undefined) {
    cursor.expect("}");
    return { type: "text", text };
  }
  const isRange = cursor.match(/range\s+/y) !== undefined;
  const steps = readPath(cursor);
  cursor.expect("}");
  return isRange ? { type: "range", steps, body: readParts(cursor, true) } : { type: "path", steps };
}

function readPath(cursor: Cursor): readonly Step[] {
  const steps: Step[] = [];
  cursor.match(/[$@]/y);
  for (;;) {
    if (cursor.take("..")) {
      steps.push({ type: "below" });
      if (!/^[.[]/.test(cursor.rest())) steps.push(readName(cursor));
    } else if (cursor.take(".")) {
      if (/^(?:$|[\s}\])=!<>])/.test(cursor.rest())) return steps;
      if (!cursor.rest().startsWith("[")) steps.push(readName(cursor));
    } else if (cursor.take("[")) {
      steps.push(readBrackets(cursor));
      cursor.expect("]");
    } else if (steps.length === 0 && /^[\w-]/.test(cursor.rest())) steps.push(readName(cursor));
    else return steps;
  }
}

function readName(cursor: Cursor): Step {
  if (cursor.take("*")) return { type: "all" };
  const name = cursor.match(/(?:\\.|[^\s.[\]{}()'",:=!<>|&\\])+/uy);
  if (name === undefined) throw new TemplateError(`has "${cursor.rest()}" where a name should be`);
  return { type: "field", name: name.replace(/\\(.)/gu, "$1") };
}

function readBrackets(cursor: Cursor): Step {
  cursor.skipBlanks();
  if (cursor.take("?")) return readFilter(cursor);
  const of: Step[] = [];
  do {
    cursor.skipBlanks();
    of.push(readSubscript(cursor));
    cursor.skipBlanks();
  } while (cursor.take(","));
  const [only, ...others] = of;
  return only !== undefined && others.length === 0 ? only : { type: "union", of };
}

function readSubscript(cursor: Cursor): Step {
  if (cursor.take("*")) return { type: "all" };
  const name = cursor.quoted();
  if (name !== undefined) return { type: "field", name };
  const [from, to, by] = (cursor.match(/-?\d*(?::-?\d*){0,2}/y) ?? "").split(":");
  if (from === "" && to === undefined) throw new TemplateError(`has "${cursor.rest()}" in brackets`);
  const number = (text: string | undefined): number | undefined =>
    text === undefined || text === "" ? undefined : Number(text);
  const start = number(from);
  if (to === undefined && start !== undefined)
    return { type: "slice", from: start, to: start === -1 ? undefined : start + 1, by: 1 };
  const step = number(by) ?? 1;
  if (step < 1) throw new TemplateError("has a slice with a step below 1");
  return { type: "slice", from: start, to: number(to), by: step };
}

function readFilter(cursor: Cursor): Step {
  cursor.expect("(");
  const left = readOperand(cursor);
  cursor.skipBlanks();
  const operator = cursor.match(/==|!=|<=|>=|<|>/y);
  if (operator === undefined) {
    cursor.expect(")");
    if (left.type !== "path") throw new TemplateError("has a filter that compares nothing");
    return { type: "exists", steps: left.steps };
  }
  const right = readOperand(cursor);
  cursor.expect(")");
  return { type: "filter", left, operator: toOperator(operator), right };
}

function toOperator(text: string): Operator {
  const found = (["==", "!=", "<", "<=", ">", ">="] as const).find((it) => it === text);
  if (found === undefined) throw new Error("unreachable: the pattern takes nothing else");
  return found;
}

function readOperand(cursor: Cursor): Operand {
  cursor.skipBlanks();
  const text = cursor.quoted();
  if (text !== undefined) return { type: "value", value: text };
  const word = cursor.match(/-?\d+(?:\.\d+)?(?![\w.])|true\b|false\b|null\b/y);
  return word === undefined ? { type: "path", steps: readPath(cursor) } : { type: "value", value: JSON.parse(word) };
}
