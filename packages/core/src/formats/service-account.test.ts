import { expect, test } from "vitest";
import { serviceAccountProblems } from "./service-account.ts";

const notString = (key: string, kind: string) => `the value of "${key}" is a JSON ${kind}, not a string`;

test.each([
  ["{}", { forbidden: [] }],
  [" null\n", { forbidden: [] }],
  ['{"type":"a","type":"b"}', { forbidden: [] }],
  ['{"type":null}', { forbidden: [] }],
  ['{"token_uri" : "a\\"}," , "refresh_token":"x", "Type":"y"}', { forbidden: ["Type", "refresh_token"] }],
  ['{"x":"1","x":"2"}', { forbidden: ["x"] }],
  ['{"\\u0074ype":"a","__proto__":"b"}', { forbidden: ["__proto__"] }],
  ['{"type":1,"type":"a"}', { unmarshal: notString("type", "number"), forbidden: [] }],
  ['{"auths":{"b":{"c":[]}},"z":"y"}', { unmarshal: notString("auths", "object"), forbidden: ["auths", "z"] }],
  ['{"z":"y","type":[{"q":1}],"client_id":true}', { unmarshal: notString("type", "array"), forbidden: ["z"] }],
  ['["type"]', { unmarshal: "is a JSON array, not an object", forbidden: [] }],
  ['"x"', { unmarshal: "is a JSON string, not an object", forbidden: [] }],
  ["1", { unmarshal: "is a JSON number, not an object", forbidden: [] }],
  ["", { unmarshal: "is not valid JSON", forbidden: [] }],
  ["{'type':'a'}", { unmarshal: "is not valid JSON", forbidden: [] }],
  ['{"x":"y"', { unmarshal: "is not valid JSON", forbidden: [] }],
  ["\ufeff{}", { unmarshal: "is not valid JSON", forbidden: [] }],
])("%j has the problems %j", (json, problems) => {
  expect(serviceAccountProblems(json)).toEqual(problems);
});

test.each([
  [9_999, { unmarshal: notString("a", "array"), forbidden: ["a"] }],
  [10_000, { unmarshal: "is not valid JSON", forbidden: [] }],
])("%i lists deep, Go decodes or gives up", (depth, problems) => {
  expect(serviceAccountProblems(`{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`)).toEqual(problems);
});
