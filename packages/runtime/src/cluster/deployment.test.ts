import { expect, test } from "vitest";
import { planDeployment } from "./deployment.ts";

const namespace = "registry-cache";

test("a deployment creates, updates and keeps what is wanted, and deletes what is ours and is not", () => {
  const plan = planDeployment(
    [
      { kind: "Namespace", namespace: undefined, name: namespace, found: "same" },
      { kind: "Service", namespace, name: "a", found: "nothing" },
      { kind: "StatefulSet", namespace, name: "a", found: "other" },
    ],
    [
      { kind: "StatefulSet", namespace, name: "a" },
      { kind: "StatefulSet", namespace, name: "b" },
      { kind: "Service", namespace: "other", name: "a" },
    ],
  );
  expect(plan).toEqual({
    ok: true,
    value: [
      { do: "keep", kind: "Namespace", namespace: undefined, name: namespace },
      { do: "create", kind: "Service", namespace, name: "a" },
      { do: "update", kind: "StatefulSet", namespace, name: "a" },
      { do: "delete", kind: "StatefulSet", namespace, name: "b" },
      { do: "delete", kind: "Service", namespace: "other", name: "a" },
    ],
  });
});

test("an object of somebody else stops it all", () => {
  expect(planDeployment([{ kind: "Service", namespace, name: "a", found: "foreign" }], [])).toEqual({
    ok: false,
    error: "Service registry-cache/a exists and was not deployed by us: take another namespace, or remove it first",
  });
});
