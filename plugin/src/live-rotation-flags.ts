import type { FlagSpec } from "./flag-table.ts";

/** What is rotated in a garden, and what is looked at before. */
export const liveRotateFlags: readonly FlagSpec[] = [
  { name: "shoot", type: "text", placeholder: "NAME", summary: "Rotate the Secret of this Shoot's cache." },
  { name: "cache", type: "text", placeholder: "UPSTREAM", summary: "With --shoot, which of its caches." },
  { name: "skip-probe", type: "boolean", summary: "Do not try the credential at the upstreams." },
  {
    name: "grace",
    type: "text",
    placeholder: "DURATION",
    summary: "Keep the old Secret this long when all is rolled out.",
  },
  {
    name: "force",
    type: "boolean",
    summary: "Go on where a tool of Git manages a Shoot, or its last operation failed.",
  },
];

/** How a rotation in a garden goes on. */
export const liveRunFlags: readonly FlagSpec[] = [
  { name: "wait", type: "boolean", negatable: true, summary: "Wait until each Shoot is rolled out, the default." },
  { name: "timeout", type: "text", placeholder: "DURATION", summary: "Stop waiting after this long. Default: 1h." },
  {
    name: "parallel",
    type: "count",
    placeholder: "N",
    summary: "Roll out so many Shoots at a time, behind the first. Default: 5.",
  },
  { name: "trigger-reconcile", type: "boolean", summary: "Let Shoots reconcile now that would wait for their window." },
  {
    name: "delete-old",
    type: "boolean",
    summary: "Delete the old Secret at the end, with the proof that nothing names it.",
  },
];

/** How rolled-out Shoots are looked into. */
export const verifyFlags: readonly FlagSpec[] = [
  {
    name: "verify",
    type: "text",
    values: ["none", "viewer", "admin"],
    summary: "Look into the Shoots, with these rights. Default: viewer, where one may.",
  },
  {
    name: "repository",
    type: "text",
    repeatable: true,
    placeholder: "UPSTREAM=NAME",
    summary: "With --verify admin, a repository that the login may pull. May be repeated.",
  },
];
