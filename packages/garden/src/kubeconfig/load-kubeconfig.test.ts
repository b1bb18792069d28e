import { rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { makeScratch } from "@registry-cache/testkit";
import { afterEach, expect, test } from "vitest";
import { isGardenError } from "../garden-error.ts";
import { kubeconfigPaths, loadKubeconfig } from "./load-kubeconfig.ts";

let folder = "";
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the files say together: the current context, and the server or token of each entry. */
function load(files: { readonly [name: string]: string }, list: readonly string[], flag?: string): unknown {
  folder = makeScratch(files);
  const paths = list.map((it) => (it === "" ? "" : join(folder, it))).join(delimiter);
  try {
    const config = loadKubeconfig(flag && join(folder, flag), { KUBECONFIG: paths, HOME: folder });
    return {
      current: config.currentContext,
      clusters: Object.fromEntries([...config.clusters].map(([name, it]) => [name, it.server])),
      users: Object.fromEntries([...config.users].map(([name, it]) => [name, it.token])),
      contexts: Object.fromEntries(
        [...config.contexts].map(([name, it]) => [name, `${it.cluster} ${it.user} ${it.namespace}`]),
      ),
    };
  } catch (error) {
    return isGardenError(error) ? `${error.kind}: ${error.message.replaceAll(folder, "DIR")}` : error;
  }
}

const one = `
current-context: a
clusters: [{name: red, cluster: {server: https://one}}]
users: [{name: red, user: {token: one}}]
contexts: [{name: a, context: {cluster: red, user: red, namespace: garden-a}}]
`;
const two = `
current-context: b
clusters: [{name: red, cluster: {server: https://two, tls-server-name: x}}, {name: blue, cluster: {server: https://blue}}]
users: [{name: red, user: {token: two, username: other}}]
contexts: [{name: a, context: {cluster: blue, user: red}}, {name: b, context: {cluster: blue, user: red}}]
`;
const ofOne = {
  current: "a",
  clusters: { red: "https://one" },
  users: { red: "one" },
  contexts: { a: "red red garden-a" },
};
const nothing = { current: "", clusters: {}, users: {}, contexts: {} };

const cases: readonly {
  readonly name: string;
  readonly files: { readonly [name: string]: string };
  readonly list: readonly string[];
  readonly flag?: string;
  readonly loaded: unknown;
}[] = [
  { name: "one file", files: { one }, list: ["one"], loaded: ofOne },
  {
    name: "of entries with one name the first counts as a whole",
    files: { one, two },
    list: ["one", "two"],
    loaded: {
      current: "a",
      clusters: { red: "https://one", blue: "https://blue" },
      users: { red: "one" },
      contexts: { a: "red red garden-a", b: "blue red " },
    },
  },
  {
    name: "the other way round",
    files: { one, two },
    list: ["two", "one"],
    loaded: {
      current: "b",
      clusters: { red: "https://two", blue: "https://blue" },
      users: { red: "two" },
      contexts: { a: "blue red ", b: "blue red " },
    },
  },
  { name: "missing files and empty entries are skipped", files: { one }, list: ["", "gone", "one", ""], loaded: ofOne },
  { name: "all files missing", files: {}, list: ["gone"], loaded: nothing },
  { name: "an empty file", files: { empty: "" }, list: ["empty"], loaded: nothing },
  {
    name: "a current context that is empty leaves it to the next file",
    files: { empty: "current-context: ''", one },
    list: ["empty", "one"],
    loaded: ofOne,
  },
  { name: "without $KUBECONFIG, the file in the home", files: { ".kube/config": one }, list: [], loaded: ofOne },
  { name: "the flag's file alone", files: { one, two }, list: ["two"], flag: "one", loaded: ofOne },
  {
    name: "the flag's file must exist",
    files: { one },
    list: ["one"],
    flag: "gone",
    loaded: 'config: cannot read the kubeconfig "DIR/gone": no such file or directory',
  },
  {
    name: "YAML that cannot be read is told without its text",
    files: { bad: "users:\n- user: {token: hunter2}\n  name: }" },
    list: ["bad"],
    loaded: 'config: error loading config file "DIR/bad": line 3 cannot be read as YAML',
  },
  {
    name: "a name that comes twice in one file",
    files: { bad: "clusters: [{name: a}, {name: a}]" },
    list: ["bad"],
    loaded: 'config: error loading config file "DIR/bad": clusters has the name "a" twice',
  },
  {
    name: "a token that is a number",
    files: { bad: "users: [{name: a, user: {token: 12}}]" },
    list: ["bad"],
    loaded: 'config: error loading config file "DIR/bad": users[0].user.token must be text; put it in quotes',
  },
  {
    name: "a list that is a map",
    files: { bad: "users: {a: {}}" },
    list: ["bad"],
    loaded: 'config: error loading config file "DIR/bad": users must be a list',
  },
  {
    name: "a file of another kind",
    files: { bad: "apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\n" },
    list: ["bad"],
    loaded: 'config: error loading config file "DIR/bad": it is a Shoot of core.gardener.cloud/v1beta1, no kubeconfig',
  },
  {
    name: "a kubeconfig of another version",
    files: { bad: "apiVersion: v2\nclusters: []\n" },
    list: ["bad"],
    loaded: 'config: error loading config file "DIR/bad": it is a Config of v2, no kubeconfig',
  },
  {
    name: "a file that is a list",
    files: { bad: "[]" },
    list: ["bad"],
    loaded: 'config: error loading config file "DIR/bad": the file must be a map',
  },
];

test.each(cases)("$name", ({ files, list, flag, loaded }) => {
  expect(load(files, list, flag)).toEqual(loaded);
});

test("relative paths are relative to their file, and a bare command is looked up", () => {
  folder = makeScratch({
    "deep/config": `
clusters: [{name: a, cluster: {certificate-authority: ../ca.crt}}]
users:
- name: a
  user: {client-certificate: c.crt, client-key: /abs/key, tokenFile: t, exec: {command: ./bin/login, args: [./x]}}
- name: b
  user: {exec: {command: login}}
`,
  });
  const { clusters, users } = loadKubeconfig(join(folder, "deep/config"), {});
  const { clientCertificate, clientKey, tokenFile, exec } = users.get("a") ?? {};
  expect([
    clusters.get("a")?.certificateAuthority,
    clientCertificate,
    clientKey,
    tokenFile,
    exec?.command,
    exec?.args,
    users.get("b")?.exec?.command,
  ]).toEqual([
    join(folder, "ca.crt"),
    join(folder, "deep/c.crt"),
    "/abs/key",
    join(folder, "deep/t"),
    join(folder, "deep/bin/login"),
    ["./x"],
    "login",
  ]);
});

test("a path that is named twice is read once", () => {
  expect(kubeconfigPaths({ KUBECONFIG: ["a", "b", "a"].join(delimiter) })).toEqual(["a", "b"]);
});
