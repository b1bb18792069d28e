import type { Operand, Operator, Part, Step } from "./template.ts";

/** Fills a template in with a value of JSON. What a path does not find is left out. */
export function renderTemplate(parts: readonly Part[], root: unknown): string {
  return renderParts(parts, root, root);
}

/** All values that a path finds. */
export function findAll(steps: readonly Step[], root: unknown): readonly unknown[] {
  return find(steps, root);
}

function renderParts(parts: readonly Part[], current: unknown, root: unknown): string {
  return parts.map((it) => renderPart(it, current, root)).join("");
}

function renderPart(part: Part, current: unknown, root: unknown): string {
  switch (part.type) {
    case "text":
      return part.text;
    case "path":
      return find(part.steps, current).map(toText).join(" ");
    case "range":
      return find(part.steps, current)
        .map((it) => renderParts(part.body, it, root))
        .join("");
  }
}

function find(steps: readonly Step[], current: unknown): readonly unknown[] {
  return steps.reduce<readonly unknown[]>((found, step) => found.flatMap((it) => take(step, it)), [current]);
}

function take(step: Step, value: unknown): readonly unknown[] {
  switch (step.type) {
    case "field":
      return isMap(value) && Object.hasOwn(value, step.name) ? [value[step.name]] : [];
    case "all":
      return childrenOf(value);
    case "below":
      return below(value);
    case "union":
      return step.of.flatMap((it) => take(it, value));
    case "slice":
      return Array.isArray(value) ? slice(value, step) : [];
    case "exists":
      return childrenOf(value).filter((it) => find(step.steps, it).length > 0);
    case "filter":
      return childrenOf(value).filter((it) => holds(step, it));
  }
}

function slice(
  list: readonly unknown[],
  { from, to, by }: Extract<Step, { readonly type: "slice" }>,
): readonly unknown[] {
  return list.slice(from ?? 0, to).filter((_, index) => index % by === 0);
}

function below(value: unknown): readonly unknown[] {
  return [value, ...childrenOf(value).flatMap(below)];
}

function childrenOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isMap(value) ? Object.values(value) : [];
}

function holds({ left, operator, right }: Extract<Step, { readonly type: "filter" }>, item: unknown): boolean {
  const [a] = valuesOf(left, item);
  const [b] = valuesOf(right, item);
  return a !== undefined && b !== undefined && compare(operator, a, b);
}

function valuesOf(operand: Operand, item: unknown): readonly unknown[] {
  return operand.type === "value" ? [operand.value] : find(operand.steps, item);
}

/** Orders two numbers, or any two values by their texts. */
export function order(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [toText(a), toText(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function compare(operator: Operator, a: unknown, b: unknown): boolean {
  const ordered = order(a, b);
  switch (operator) {
    case "==":
      return ordered === 0;
    case "!=":
      return ordered !== 0;
    case "<":
      return ordered < 0;
    case "<=":
      return ordered <= 0;
    case ">":
      return ordered > 0;
    case ">=":
      return ordered >= 0;
  }
}

/** A value as kubectl prints it: texts as they are, lists and maps as JSON. */
function toText(value: unknown): string {
  if (typeof value === "string") return value;
  return value === null || value === undefined ? "" : JSON.stringify(value);
}

function isMap(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
