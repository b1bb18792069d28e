import { growthOf, inStep } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { findTemplate } from "./template.ts";

test.each([
  ["a: {{ .Values.x }}", "{{ .Values.x }}"],
  ['a: "{{ x }}" # {{ y }}', "{{ x }}"],
  ["# {{ x }}\na: {% if y %}", "{% if y %}"],
  ["a: 'it''s # no comment {{ x }}'", "{{ x }}"],
  ["{{- range .x }}\na: 1\n{{ end }}", "{{- range .x }}"],
  ["a: don't # {{ x }}", undefined],
  ["a: {{ x", undefined],
  ["# {{ x\n}}", undefined],
  ['{"a":{"b":{}}}', undefined],
])("finds the first template of %j", (text, expected) => {
  const span = findTemplate(text, 0, text.length);
  expect(span && text.slice(span.start, span.end)).toBe(expected);
});

test("keeps to its part of the text", () => {
  const text = "{{ a }} {{ b }} {{ c }}";
  expect(findTemplate(text, 8, 15)).toEqual({ start: 8, end: 15 });
  expect(findTemplate(text, 8, 14)).toBeUndefined();
});

test("is quick where nothing closes", () => {
  const find = (size: number): unknown => findTemplate("{{".repeat(size), 0, 2 * size);
  expect(growthOf((size) => expect(find(size)).toBeUndefined(), 125_000)).toBeLessThan(inStep);
});
