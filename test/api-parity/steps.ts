import {
  apply,
  asJane,
  forgotten,
  type Memory,
  namespace,
  partial,
  partialList,
  patch,
  type Step,
  secret,
  secrets,
  step,
  table,
} from "./script.ts";

const get = (path: string, accept?: string) => ({ method: "GET", path, ...(accept && { headers: { accept } }) });
const post = (path: string, body: unknown) => ({ method: "POST", path, body });

const tokenOf = (it: Memory, name: string) => encodeURIComponent(it.text(name, "metadata", "continue"));

const creating: readonly Step[] = [
  step("a namespace is created", post("/api/v1/namespaces", { metadata: { name: namespace } })),
  ...["a", "b", "c", "d", "e"].map((name) =>
    step(
      `Secret ${name} is created`,
      post(secrets, secret(name, { metadata: { labels: { letter: name, app: "x" } } })),
    ),
  ),
  step("an immutable Secret is created", post(secrets, secret("fixed", { immutable: true }))),
  step("stringData becomes data", post(secrets, secret("text", { stringData: { password: "p" } }))),
  step("what is there already is a conflict", post(secrets, secret("a"))),
  step("a name is required", post(secrets, { apiVersion: "v1", kind: "Secret", metadata: {} })),
  step("a name has a form", post(secrets, secret("A_b"))),
  step("another namespace than that of the path", post(secrets, secret("x", { metadata: { namespace: "other" } }))),
  step("a namespace that is missing", post("/api/v1/namespaces/missing/secrets", secret("x"))),
  step("a resourceVersion at creation", post(secrets, secret("x", { metadata: { resourceVersion: "5" } }))),
  step("another kind", post(secrets, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" } })),
  step("unknown fields are warned of", post(`${secrets}?fieldValidation=Warn`, secret("warned", { extra: 1 }))),
  step(
    "unknown fields are refused when that is asked",
    post(`${secrets}?fieldValidation=Strict`, secret("x", { extra: 1 })),
  ),
  step("a dry run creates nothing", post(`${secrets}?dryRun=All`, secret("dry"))),
  step("nothing was created", get(`${secrets}/dry`)),
  step("a dry run that is none", post(`${secrets}?dryRun=Some`, secret("dry"))),
];

const reading: readonly Step[] = [
  step("a Secret", get(`${secrets}/a`)),
  step("a Secret that is missing", get(`${secrets}/missing`)),
  step("a Secret's metadata", get(`${secrets}/a`, partial)),
  step("metadata of what is missing", get(`${secrets}/missing`, partial)),
  step("the first page", get(`${secrets}?limit=3`)),
  step("the second page", (it) => get(`${secrets}?limit=3&continue=${tokenOf(it, "the first page")}`)),
  step("the rest", (it) => get(`${secrets}?continue=${tokenOf(it, "the second page")}`)),
  step("a token that is none", get(`${secrets}?limit=3&continue=abc`)),
  step("all by their metadata", get(secrets, partialList)),
  step("a page of metadata", get(`${secrets}?limit=1`, partialList)),
  ...["letter=a", "letter!=a,app=x", "letter in (a,b)", "letter notin (a,b),app", "!letter", "letter==c"].map((it) =>
    step(`label selector ${it}`, get(`${secrets}?labelSelector=${encodeURIComponent(it)}`, partialList)),
  ),
  step("a label selector that is none", get(`${secrets}?labelSelector=${encodeURIComponent("a in b")}`)),
  ...["metadata.name=b", "metadata.name!=b", `metadata.namespace=${namespace},metadata.name=c`, "type=Opaque"].map(
    (it) => step(`field selector ${it}`, get(`${secrets}?fieldSelector=${encodeURIComponent(it)}`, partialList)),
  ),
  step("a field that nobody can select by", get(`${secrets}?fieldSelector=data.username%3Da`)),
  step("an empty list", get(`${secrets}?labelSelector=letter%3Dz`)),
  step("a namespace that is missing is empty", get("/api/v1/namespaces/missing/secrets")),
  step("a resource that there is not", get(`/api/v1/namespaces/${namespace}/secretz`)),
  step("a group that there is not", get("/apis/none.example/v1/things")),
  step("a method that there is not", { method: "PUT", path: secrets, body: secret("a") }),
];

const rights: readonly Step[] = [
  step("a token that nobody has", { ...get(secrets), headers: { authorization: "Bearer wrong" } }),
  step("no right to list", asJane(get(secrets))),
  step("no right to list everywhere", asJane(get("/api/v1/secrets"))),
  step("no right to get", asJane(get(`${secrets}/a`))),
  step("no right to watch", asJane(get(`${secrets}?watch=true`))),
  step("no right to create", asJane(post(secrets, secret("x")))),
  step("no right to patch", asJane(patch("merge", `${secrets}/a`, {}))),
  step("no right to delete", asJane({ method: "DELETE", path: `${secrets}/a` })),
  step(
    "one's own rights",
    asJane(
      post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        spec: { resourceAttributes: { verb: "get", resource: "secrets", namespace } },
      }),
    ),
  ),
];

const changing: readonly Step[] = [
  step("an update by an old version", {
    method: "PUT",
    path: `${secrets}/a`,
    body: secret("a", { metadata: { resourceVersion: "1" } }),
  }),
  step("an update with another name", { method: "PUT", path: `${secrets}/a`, body: secret("b") }),
  step("an update of what is missing", { method: "PUT", path: `${secrets}/missing`, body: secret("missing") }),
  step("an update", { method: "PUT", path: `${secrets}/b`, body: secret("b", { data: { username: "dg==" } }) }),
  step(
    "a JSON patch whose test holds",
    patch("json", `${secrets}/a`, [
      { op: "test", path: "/metadata/labels/letter", value: "a" },
      { op: "add", path: "/metadata/annotations", value: { note: "n" } },
      { op: "replace", path: "/metadata/labels/app", value: "y" },
      { op: "copy", from: "/metadata/labels/app", path: "/metadata/labels/copy" },
      { op: "move", from: "/metadata/labels/copy", path: "/metadata/labels/moved" },
      { op: "remove", path: "/metadata/labels/moved" },
    ]),
  ),
  step(
    "a JSON patch whose test fails",
    patch("json", `${secrets}/a`, [{ op: "test", path: "/metadata/labels/letter", value: "z" }]),
  ),
  step(
    "a JSON patch of what is not there",
    patch("json", `${secrets}/a`, [{ op: "remove", path: "/metadata/labels/none" }]),
  ),
  step("a JSON patch with a step that is none", patch("json", `${secrets}/a`, [{ op: "turn", path: "/metadata" }])),
  step("a JSON patch that is no list", patch("json", `${secrets}/a`, { op: "test" })),
  step(
    "a JSON patch by an old version",
    patch("json", `${secrets}/a`, [{ op: "replace", path: "/metadata/resourceVersion", value: "1" }]),
  ),
  step("a JSON patch of what is missing", patch("json", `${secrets}/missing`, [])),
  step(
    "a JSON patch that changes the uid",
    patch("json", `${secrets}/a`, [{ op: "replace", path: "/metadata/uid", value: "0-0" }]),
  ),
  step("a merge patch", patch("merge", `${secrets}/a`, { metadata: { labels: { app: null, new: "n" } } })),
  step("a merge patch by an old version", patch("merge", `${secrets}/a`, { metadata: { resourceVersion: "1" } })),
  step("a patch without an effect", patch("merge", `${secrets}/a`, {})),
  step("a strategic merge patch", patch("strategic-merge", `${secrets}/a`, { data: { password: "cA==" } })),
  step("a patch that is no JSON", patch("merge", `${secrets}/a`, "{")),
  step("a patch of a kind that there is not", {
    method: "PATCH",
    path: `${secrets}/a`,
    body: {},
    headers: { "content-type": "application/json" },
  }),
  step("a dry run of a patch", patch("merge", `${secrets}/a?dryRun=All`, { metadata: { labels: { dry: "y" } } })),
  step("nothing was changed", get(`${secrets}/a`)),
  step("the data of an immutable Secret", patch("merge", `${secrets}/fixed`, { data: { username: "eA==" } })),
  step("the flag of an immutable Secret", patch("merge", `${secrets}/fixed`, { immutable: false })),
  step("both", patch("merge", `${secrets}/fixed`, { immutable: null, data: { other: "eA==" } })),
  step("labels of an immutable Secret", patch("merge", `${secrets}/fixed`, { metadata: { labels: { l: "1" } } })),
  step("the type of a Secret", patch("merge", `${secrets}/a`, { type: "other" })),
];

const applying: readonly Step[] = [
  step(
    "an apply creates",
    apply(`${secrets}/applied`, "one", secret("applied", { data: { username: "dQ==", password: "cA==" } })),
  ),
  step(
    "an apply without an effect",
    apply(`${secrets}/applied`, "one", secret("applied", { data: { username: "dQ==", password: "cA==" } })),
  ),
  step("an apply takes back what it no longer says", apply(`${secrets}/applied`, "one", secret("applied"))),
  step(
    "an apply of another's field",
    apply(`${secrets}/applied`, "two", secret("applied", { data: { username: "dg==" } })),
  ),
  step(
    "an apply of another's field by force",
    apply(`${secrets}/applied`, "two", secret("applied", { data: { username: "dg==" } }), true),
  ),
  step("the first gets a conflict then", apply(`${secrets}/applied`, "one", secret("applied"))),
  step(
    "an apply of what a patch has written",
    apply(`${secrets}/a`, "one", secret("a", { metadata: { labels: { new: "z" } } })),
  ),
  step("an apply without a manager", { ...apply(`${secrets}/a`, "x", secret("a")), path: `${secrets}/a` }),
  step("an apply without a kind", apply(`${secrets}/a`, "one", { metadata: { name: "a" } })),
];

const deleting: readonly Step[] = [
  step("a deletion with another uid", {
    method: "DELETE",
    path: `${secrets}/a`,
    body: { kind: "DeleteOptions", apiVersion: "v1", preconditions: { uid: "0-0" } },
  }),
  step("a deletion with an old version", {
    method: "DELETE",
    path: `${secrets}/a`,
    body: { preconditions: { resourceVersion: "1" } },
  }),
  step("a dry run of a deletion", { method: "DELETE", path: `${secrets}/a?dryRun=All` }),
  step("a dry run of a deletion by its body", { method: "DELETE", path: `${secrets}/a`, body: { dryRun: ["All"] } }),
  step("a deletion with all that must hold", (it) => ({
    method: "DELETE",
    path: `${secrets}/text`,
    body: {
      preconditions: {
        uid: it.text("stringData becomes data", "metadata", "uid"),
        resourceVersion: it.text("stringData becomes data", "metadata", "resourceVersion"),
      },
    },
  })),
  step("a deletion of what is missing", { method: "DELETE", path: `${secrets}/text` }),
  step("a finalizer", patch("merge", `${secrets}/c`, { metadata: { finalizers: ["example.com/held"] } })),
  step("a deletion that is held", { method: "DELETE", path: `${secrets}/c` }),
  step("a deletion that is held, again", { method: "DELETE", path: `${secrets}/c` }),
  step(
    "a new finalizer then",
    patch("merge", `${secrets}/c`, { metadata: { finalizers: ["example.com/held", "example.com/late"] } }),
  ),
  step("the last finalizer goes", patch("merge", `${secrets}/c`, { metadata: { finalizers: null } })),
  step("and the object with it", get(`${secrets}/c`)),
];

const watching: readonly Step[] = [
  step("a watch goes on from where a list was", (it) =>
    get(
      `${secrets}?watch=true&timeoutSeconds=1&fieldSelector=metadata.name%3Da&resourceVersion=${it.text("Secret a is created", "metadata", "resourceVersion")}`,
    ),
  ),
  step("a watch of metadata by label", (it) => ({
    ...get(
      `${secrets}?watch=true&timeoutSeconds=1&labelSelector=app%3Dx&resourceVersion=${it.text("the first page", "metadata", "resourceVersion")}`,
      partial,
    ),
  })),
  step(
    "a watch from a moment before all that the server knows",
    get("/apis/example.com/v1/widgets?watch=true&timeoutSeconds=2&resourceVersion=1"),
  ),
  step("a watch of a few seconds has no bookmark", (it) =>
    get(
      `${secrets}?watch=true&timeoutSeconds=3&allowWatchBookmarks=true&resourceVersion=${it.text("the last page of all", "metadata", "resourceVersion")}`,
    ),
  ),
  step("a version that is none", get(`${secrets}?watch=true&resourceVersion=abc`)),
];

const forgetting: readonly Step[] = [
  step("a list that is left under way", get(`${secrets}?limit=2`)),
  forgotten("its second page, when its moment is forgotten", (it) =>
    get(`${secrets}?limit=2&continue=${tokenOf(it, "a list that is left under way")}`),
  ),
  step("its rest at another moment, as the refusal offers it", (it) =>
    get(`${secrets}?limit=2&continue=${tokenOf(it, "its second page, when its moment is forgotten")}`),
  ),
  step("the page after that, of the new moment", (it) =>
    get(`${secrets}?limit=2&continue=${tokenOf(it, "its rest at another moment, as the refusal offers it")}`),
  ),
];

/** The whole script, in its order. */
export const steps: readonly Step[] = [
  ...creating,
  ...reading,
  ...rights,
  ...changing,
  ...applying,
  ...deleting,
  step("the last page of all", get(`${secrets}?limit=500`)),
  ...watching,
  ...forgetting,
  step("a Secret as a table", get(`${secrets}/b`, table)),
  step("Secrets as a table", get(`${secrets}?limit=1`, table)),
];
