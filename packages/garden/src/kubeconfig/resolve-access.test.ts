import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeScratch } from "@registry-cache/testkit";
import { afterAll, expect, test } from "vitest";
import { isGardenError } from "../garden-error.ts";
import type { Access, ConnectionFlags } from "./access.ts";
import type { Environment } from "./load-kubeconfig.ts";
import { readKubeconfig } from "./read-kubeconfig.ts";
import { resolveAccess } from "./resolve-access.ts";

const folder = makeScratch({
  "ca.crt": "PEM-OF-FILE",
  "pod/token": "t",
  "pod/ca.crt": "PEM-OF-POD",
  "pod/namespace": "garden-pod\n",
});
afterAll(() => rmSync(folder, { recursive: true }));

const inline = Buffer.from("PEM-INLINE").toString("base64");
const config = `
current-context: dev
clusters:
- name: dev
  cluster: {server: "https://dev:6443/base", certificate-authority-data: ${inline}, tls-server-name: inner}
- name: bare
  cluster: {server: "bare:8080"}
- name: nowhere
  cluster: {}
- name: both
  cluster: {server: "https://both", insecure-skip-tls-verify: true, certificate-authority-data: ${inline}}
- name: file
  cluster: {server: "file", certificate-authority: ca.crt}
- name: lost
  cluster: {server: "https://lost", certificate-authority: gone.crt}
users:
- name: token
  user: {token: t, tokenFile: /x, as: boss, as-groups: [g]}
- name: two-ways
  user: {token: t, username: u}
- name: half
  user: {client-certificate-data: ${inline}}
- name: old
  user: {auth-provider: {name: oidc}}
- name: groups
  user: {as-groups: [g]}
- name: extra
  user: {as: boss, as-uid: "7", as-user-extra: {why: [a, b]}}
- name: exec-v1
  user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: x}}
- name: exec-v1alpha1
  user: {exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x}}
contexts:
- name: dev
  context: {cluster: dev, user: token, namespace: garden-dev}
- name: unset
  context: {cluster: dev}
`;

function resolve(flags: ConnectionFlags, text = config, env: Environment = {}): Access | string {
  try {
    return resolveAccess(readKubeconfig(text, folder), flags, env, join(folder, "pod"));
  } catch (error) {
    return isGardenError(error) ? `${error.kind}: ${error.message.replaceAll(folder, "DIR")}` : String(error);
  }
}

const views: { readonly [name: string]: (access: Access) => unknown } = {
  server: (it) => it.server.href,
  trust: (it) => [it.authorities, it.cluster.tlsServerName, it.cluster.insecureSkipTlsVerify],
  user: (it) => [it.user.token, it.user.tokenFile, it.user.username],
  namespace: (it) => [it.namespace, it.namespaceChosen],
  impersonation: (it) => it.impersonation,
};

const cases: readonly {
  readonly name: string;
  readonly flags: ConnectionFlags;
  readonly view?: string;
  readonly is: unknown;
}[] = [
  { name: "the current context", flags: {}, view: "server", is: "https://dev:6443/base" },
  { name: "its trust", flags: {}, view: "trust", is: ["PEM-INLINE", "inner", false] },
  { name: "its namespace", flags: {}, view: "namespace", is: ["garden-dev", true] },
  { name: "its user", flags: {}, view: "user", is: ["t", "/x", ""] },
  { name: "a context without a namespace", flags: { context: "unset" }, view: "namespace", is: ["default", false] },
  { name: "--namespace", flags: { namespace: "garden-x" }, view: "namespace", is: ["garden-x", true] },
  {
    name: "--cluster without a scheme and without TLS",
    flags: { cluster: "bare" },
    view: "server",
    is: "http://bare:8080/",
  },
  {
    name: "--cluster without a scheme and with an authority",
    flags: { cluster: "file" },
    view: "server",
    is: "https://file/",
  },
  { name: "an authority from a file", flags: { cluster: "file" }, view: "trust", is: ["PEM-OF-FILE", "", false] },
  { name: "--server", flags: { server: "https://other" }, view: "server", is: "https://other/" },
  {
    name: "--server forgets the other's name",
    flags: { server: "https://other" },
    view: "trust",
    is: ["PEM-INLINE", "", false],
  },
  { name: "--tls-server-name", flags: { tlsServerName: "x" }, view: "trust", is: ["PEM-INLINE", "x", false] },
  {
    name: "--insecure-skip-tls-verify forgets the authority",
    flags: { insecureSkipTlsVerify: true },
    view: "trust",
    is: [undefined, "inner", true],
  },
  {
    name: "--certificate-authority",
    flags: { certificateAuthority: join(folder, "ca.crt") },
    view: "trust",
    is: ["PEM-OF-FILE", "inner", false],
  },
  { name: "--token forgets the token file", flags: { token: "mine" }, view: "user", is: ["mine", "", ""] },
  {
    name: "--token with a user of another way",
    flags: { token: "mine", user: "old" },
    view: "user",
    is: ["mine", "", ""],
  },
  {
    name: "impersonation of the kubeconfig",
    flags: {},
    view: "impersonation",
    is: { user: "boss", uid: "", groups: ["g"], extra: new Map() },
  },
  {
    name: "--as",
    flags: { as: "me", asUid: "1" },
    view: "impersonation",
    is: { user: "me", uid: "1", groups: ["g"], extra: new Map() },
  },
  {
    name: "impersonation with more to it",
    flags: { user: "extra" },
    view: "impersonation",
    is: { user: "boss", uid: "7", groups: [], extra: new Map([["why", ["a", "b"]]]) },
  },
  {
    name: "a context that does not exist",
    flags: { context: "dve" },
    is: 'config: context "dve" does not exist in the kubeconfig, did you mean "dev"?',
  },
  {
    name: "a context that is like none",
    flags: { context: "production" },
    is: 'config: context "production" does not exist in the kubeconfig; known are dev, unset',
  },
  {
    name: "a cluster that does not exist",
    flags: { cluster: "moon" },
    is: 'config: cluster "moon" does not exist in the kubeconfig; known are bare, both, dev, file, lost and 1 more',
  },
  {
    name: "a user that does not exist",
    flags: { user: "nobody-known" },
    is: 'config: user "nobody-known" does not exist in the kubeconfig; known are exec-v1, exec-v1alpha1, extra, groups, half and 3 more',
  },
  {
    name: "a cluster without a server",
    flags: { cluster: "nowhere" },
    is: 'config: no server is given for cluster "nowhere"',
  },
  {
    name: "an authority that is not checked",
    flags: { cluster: "both" },
    is: 'config: cluster "both" has both a certificate authority and insecure-skip-tls-verify; keep one',
  },
  {
    name: "an authority that cannot be read",
    flags: { cluster: "lost" },
    is: 'config: cannot read certificate-authority "DIR/gone.crt" of cluster "lost": no such file or directory',
  },
  {
    name: "two ways to log in",
    flags: { user: "two-ways" },
    is: 'config: user "two-ways" has more than one way to log in (token, basic auth); keep one',
  },
  {
    name: "a certificate without a key",
    flags: { user: "half" },
    is: 'config: user "half" has a client certificate without a key',
  },
  {
    name: "a legacy auth provider",
    flags: { user: "old" },
    is: 'config: user "old" uses the legacy auth provider "oidc", which only kubectl has; move to kubectl oidc-login (kubelogin)',
  },
  {
    name: "groups without a user",
    flags: { user: "groups" },
    is: "config: groups, a uid or extra fields can only be impersonated together with a user; add --as",
  },
  {
    name: "a plugin of v1 without interactiveMode",
    flags: { user: "exec-v1" },
    is: 'config: user "exec-v1" has an exec plugin without an interactiveMode, which v1 requires',
  },
  {
    name: "a plugin of an old version",
    flags: { user: "exec-v1alpha1" },
    is: 'config: user "exec-v1alpha1" has an exec plugin of apiVersion "client.authentication.k8s.io/v1alpha1"; known are client.authentication.k8s.io/v1 and client.authentication.k8s.io/v1beta1',
  },
];

test.each(cases)("$name", ({ flags, view = "", is }) => {
  const access = resolve(flags);
  expect(typeof access === "string" ? access : views[view]?.(access)).toEqual(is);
});

test("without a kubeconfig, the cluster that we run in", () => {
  const env = { KUBERNETES_SERVICE_HOST: "fd00::1", KUBERNETES_SERVICE_PORT: "443" };
  const access = resolve({}, "", env);
  if (typeof access === "string") throw new Error(access);
  expect(Object.values(views).map((view) => view(access))).toEqual([
    "https://[fd00::1]/",
    ["PEM-OF-POD", "", false],
    ["", join(folder, "pod/token"), ""],
    ["garden-pod", true],
    { user: "", uid: "", groups: [], extra: new Map() },
  ]);
});

const inPod = { KUBERNETES_SERVICE_HOST: "h", KUBERNETES_SERVICE_PORT: "1" };
const undecided = config.replace("current-context: dev", "");

test.each([
  ["a pod that tells itself its namespace", resolve({}, "", { ...inPod, POD_NAMESPACE: "garden-told" }), "garden-told"],
  ["-n", resolve({ namespace: "garden-n" }, "", { ...inPod, POD_NAMESPACE: "garden-told" }), "garden-n"],
  ["a kubeconfig that chooses no context", resolve({}, undecided, inPod), "garden-pod"],
  ["a kubeconfig that chooses one", resolve({}, config, inPod), "garden-dev"],
  ["--context", resolve({ context: "dev" }, undecided, inPod), "garden-dev"],
])("in a pod, by %s", (_, access, namespace) => {
  expect(typeof access === "string" ? access : access.namespace).toBe(namespace);
});

test("$KUBECONFIG that leads nowhere is named", () => {
  expect(resolve({}, "", { KUBECONFIG: "/gone:/empty" })).toBe(
    'config: no cluster was found: $KUBECONFIG is "/gone:/empty", and no file there names one',
  );
});

test.each([
  [
    "nothing at all",
    "",
    "config: no kubeconfig was found: name one by --kubeconfig or $KUBECONFIG, or put it to ~/.kube/config",
  ],
  [
    "a kubeconfig without a current context",
    "contexts: [{name: b}, {name: a}]\nclusters: [{name: x}]",
    "config: no context is chosen: name one by --context; known are a, b",
  ],
])("%s", (_, text, is) => {
  expect(resolve({}, text)).toBe(is);
});
