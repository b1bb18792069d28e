import type { FlagSpec } from "./flag-table.ts";

/** What is written becomes a commit. */
export const commitFlag: FlagSpec = {
  name: "commit",
  type: "boolean",
  summary: "With -f, make one Git commit of the files that are written, and of no others.",
};

/** How the new manifest is written, where it is no plain one. */
export const fileRotateFlags: readonly FlagSpec[] = [
  {
    name: "seal-cert",
    type: "text",
    placeholder: "FILE|URL",
    completesFiles: true,
    summary: "With -f, certificate of the controller to seal for. By default kubeseal asks it.",
  },
  {
    name: "seal-controller-name",
    type: "text",
    placeholder: "NAME",
    summary: "Name of the controller that kubeseal asks, where that is not the usual one.",
  },
  {
    name: "seal-controller-namespace",
    type: "text",
    placeholder: "NAMESPACE",
    summary: "Its namespace.",
  },
  {
    name: "remote-key",
    type: "text",
    repeatable: true,
    placeholder: "KEY|OLD=NEW",
    summary: "With -f, key in the store of an ExternalSecret where the new values are.",
  },
  {
    name: "remote-version",
    type: "text",
    placeholder: "VERSION",
    summary: "Version of the key that has the new values.",
  },
  {
    name: "remote-unchanged",
    type: "boolean",
    summary: "The store has the new values already, under the key of the old ones.",
  },
];

/** Flags that mean nothing in a garden. */
export const fileFlags: readonly FlagSpec[] = [commitFlag, ...fileRotateFlags];
