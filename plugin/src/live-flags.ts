import type { FlagSpec } from "./flag-table.ts";

/** The flags by which kubectl finds a cluster and says who asks. */
export const connectionFlags: readonly FlagSpec[] = [
  text("kubeconfig", "FILE", "Path of the kubeconfig file.", { completesFiles: true }),
  text("context", "NAME", "Name of the kubeconfig context to use.", { completes: "contexts" }),
  text("cluster", "NAME", "Name of the kubeconfig cluster to use."),
  text("user", "NAME", "Name of the kubeconfig user to use."),
  text("server", "URL", "Address of the API server.", { char: "s" }),
  text("token", "TOKEN", "Bearer token for the API server."),
  text("as", "USER", "Name of the user to impersonate."),
  text("as-group", "GROUP", "Group to impersonate. May be repeated.", { repeatable: true }),
  text("as-uid", "UID", "UID to impersonate."),
  text("as-user-extra", "KEY=VALUE", "Extra field of the user to impersonate. May be repeated.", { repeatable: true }),
  text("certificate-authority", "FILE", "Bundle of the authorities to trust.", { completesFiles: true }),
  text("client-certificate", "FILE", "Client certificate to log in with.", { completesFiles: true }),
  text("client-key", "FILE", "Key of the client certificate.", { completesFiles: true }),
  text("tls-server-name", "NAME", "Name that the server's certificate must have."),
  {
    name: "insecure-skip-tls-verify",
    type: "boolean",
    summary: "Trust any certificate. This makes the connection insecure.",
  },
  text("request-timeout", "DURATION", "Give up a request after this long, such as 10s. 0 waits for ever."),
];

/** The flags that say where in a garden to look. */
export const scopeFlags: readonly FlagSpec[] = [
  text("namespace", "NAMESPACE", "Namespace of the project.", { char: "n" }),
  text("project", "PROJECTS", "Projects by name, with commas between them, instead of a namespace.", {
    repeatable: true,
  }),
  { name: "all-namespaces", char: "A", type: "boolean", summary: "Every project that you may see." },
];

/** The flags by which a garden takes part in a check. */
export const liveLintFlags: readonly FlagSpec[] = [
  { name: "live", type: "boolean", summary: "Ask the garden for Secrets and for what the Shoots use now." },
  {
    name: "server-dry-run",
    type: "boolean",
    summary: "With --live, let the server's admission judge Shoots and their Secrets, without a change.",
  },
  ...scopeFlags,
  ...connectionFlags,
];

/** The flags that choose objects by what they have. */
export const selectorFlags: readonly FlagSpec[] = [
  text("selector", "SELECTOR", "Label selector, such as a=b,c!=d.", { char: "l" }),
  text("field-selector", "SELECTOR", "Field selector, such as metadata.name=a."),
];

/** The flags that say how a list is printed. */
export const listFlags: readonly FlagSpec[] = [
  text("output", "FORMAT", "One of json, yaml, name, wide, jsonpath=TEMPLATE. By default a table.", {
    char: "o",
    offers: ["json", "yaml", "name", "wide", "jsonpath="],
  }),
  { name: "no-headers", type: "boolean", summary: "Print the table without its headers." },
  text("sort-by", "PATH", "Sort by the value at this path of an item, such as .shoot."),
];

function text(name: string, placeholder: string, summary: string, more: Partial<FlagSpec> = {}): FlagSpec {
  return { name, type: "text", placeholder, summary, ...more };
}
