import { describe, expect, test } from "vitest";
import { judgeUsage, type ReadObject, type SecretState, type SecretUse, type UsageEvidence } from "./usage.ts";

const object = (kind: ReadObject["kind"], name: string, namespace = "garden-dev"): ReadObject => {
  return { kind, namespace, name, uid: `${name}-uid`, resourceVersion: "7" };
};

const use = (more: Partial<SecretUse> = {}): SecretUse => {
  const by = object("Shoot", "a");
  const field = "spec.resources[0].resourceRef.name";
  return { by, kind: "resource", field, users: ["cache quay.io"], deleting: false, ...more };
};

const present = (more: Partial<Extract<SecretState, { readonly state: "present" }>> = {}): SecretState => {
  const state = { state: "present", object: object("Secret", "quay-v1"), finalizers: [], owners: [] } as const;
  return { ...state, terminating: false, ...more };
};

const pending = { by: object("Shoot", "b"), secret: "quay-v2", why: "confined" } as const;

const none: UsageEvidence = {
  name: "quay-v1",
  namespace: "garden-dev",
  secret: present(),
  uses: [],
  pending: [],
  unread: [],
};

const inUse = "Shoot a names it in spec.resources[0].resourceRef.name for cache quay.io";

const rows: readonly (readonly [string, Partial<UsageEvidence>, string, ...string[]])[] = [
  ["nothing names it and all was read", {}, "safe-to-delete", "nothing names it"],
  ["a Shoot names it", { uses: [use()] }, "in-use", inUse],
  [
    "a Shoot that is being deleted names it",
    { uses: [use({ deleting: true, users: [] })] },
    "in-use",
    "Shoot a, being deleted, names it in spec.resources[0].resourceRef.name",
  ],
  [
    "a DNS provider names it",
    { uses: [use({ kind: "dns-provider", field: "spec.dns.providers[0].credentialsRef.name", users: [] })] },
    "in-use",
    "Shoot a names it in spec.dns.providers[0].credentialsRef.name",
  ],
  [
    "a binding of another namespace names it",
    {
      uses: [
        use({ by: object("SecretBinding", "b", "garden-other"), kind: "binding", field: "secretRef.name", users: [] }),
      ],
    },
    "in-use",
    "SecretBinding garden-other/b names it in secretRef.name",
  ],
  [
    "a template names it, which protects nothing",
    {
      uses: [
        use({
          by: object("ManagedSeedSet", "m", "garden"),
          kind: "template",
          field: "spec.shootTemplate.spec.resources[0].resourceRef.name",
        }),
      ],
    },
    "in-use",
    "ManagedSeedSet garden/m names it in spec.shootTemplate.spec.resources[0].resourceRef.name for cache quay.io",
  ],
  [
    "a Shoot names what does not exist",
    { secret: { state: "missing" }, uses: [use()] },
    "in-use",
    "it does not exist",
    inUse,
  ],
  ["nobody has it", { secret: { state: "missing" } }, "unknown", "it does not exist"],
  ["a Shoot names what we may not read", { secret: { state: "unreadable" }, uses: [use()] }, "in-use", inUse],
  [
    "nothing names what we may not read",
    { secret: { state: "unreadable" } },
    "unknown",
    "the Secret itself could not be read",
  ],
  [
    "it is being deleted while a Shoot names it",
    { secret: present({ terminating: true }), uses: [use()] },
    "terminating",
    "it is being deleted, it vanishes when the last of these is gone",
    inUse,
  ],
  [
    "it is being deleted and nothing names it",
    { secret: present({ terminating: true }) },
    "terminating",
    "it is being deleted, its finalizers are being removed",
  ],
  [
    "a Shoot was switched away from it and waits",
    { pending: [pending] },
    "rolling-out",
    "Shoot b uses quay-v2 now, the change waits for the maintenance window",
  ],
  ["one Shoot was switched and another names it", { uses: [use()], pending: [pending] }, "in-use", inUse],
  [
    "Gardener has not caught up",
    { secret: present({ finalizers: ["gardener.cloud/reference-protection"] }) },
    "unknown",
    "Gardener still protects it, though no Shoot names it: look again in a moment",
  ],
  [
    "a binding that we cannot see holds it",
    { secret: present({ finalizers: ["gardener.cloud/secretbinding"] }) },
    "unknown",
    "finalizer gardener.cloud/secretbinding says that somebody needs it",
  ],
  [
    "a Shoot owns it",
    { secret: present({ owners: ["Shoot a"] }) },
    "unknown",
    "it belongs to Shoot a, which makes it anew",
  ],
  [
    "it is in namespace garden",
    { namespace: "garden" },
    "unknown",
    "Seeds and others may name Secrets of namespace garden",
  ],
  [
    "something could not be read",
    { unread: ["managedseedsets in namespace garden: forbidden"] },
    "unknown",
    "could not read managedseedsets in namespace garden: forbidden",
  ],
  ["a Shoot names it, whatever else could not be read", { uses: [use()], unread: ["x"] }, "in-use", inUse],
];

describe("a Secret", () => {
  const cases = rows.map(([name, evidence, verdict, ...why]) => ({ name, evidence, expected: { verdict, why } }));
  test.each(cases)("when $name", ({ evidence, expected }) => {
    expect(judgeUsage({ ...none, ...evidence })).toEqual(expected);
  });
});
