import type {
  AccessQuestion,
  AccessRule,
  AccessRules,
  CallOptions,
  OpenApi,
  ShootKubeconfig,
} from "./garden-client.ts";
import { listAt, textAt, valueAt } from "./json.ts";
import { readAs, readJson } from "./requests/body.ts";
import type { ApiCall, Requester } from "./requests/requester.ts";
import { objectPath, resources } from "./resource.ts";

/** Asks the server whether we may do something. */
export async function askAccess(
  requester: Requester,
  question: AccessQuestion,
  options: CallOptions,
): Promise<boolean> {
  const { verb, resource, subresource, namespace, name } = question;
  const resourceAttributes = {
    verb,
    group: resource.group,
    version: resource.version,
    resource: resource.plural,
    ...(subresource && { subresource }),
    ...(namespace && { namespace }),
    ...(name && { name }),
  };
  const call = reviewCall("SelfSubjectAccessReview", { resourceAttributes });
  const read = (answer: unknown): boolean | undefined => {
    const allowed = valueAt(answer, "status", "allowed");
    return typeof allowed === "boolean" ? allowed : undefined;
  };
  return requester.call(call, (it) => readAs(it.body, read), options.signal);
}

/** Asks the server for the rules that hold for us in a namespace. */
export async function askRules(requester: Requester, namespace: string, options: CallOptions): Promise<AccessRules> {
  const call = reviewCall("SelfSubjectRulesReview", { namespace });
  const status = await requester.call(
    call,
    (it) => readAs(it.body, (answer) => valueAt(answer, "status")),
    options.signal,
  );
  return { rules: listAt(status, "resourceRules").map(toRule), incomplete: valueAt(status, "incomplete") === true };
}

function reviewCall(kind: string, spec: object): ApiCall {
  const apiVersion = "authorization.k8s.io/v1";
  const path = `/apis/${apiVersion}/${kind.toLowerCase()}s`;
  return { method: "POST", path, body: { apiVersion, kind, metadata: {}, spec } };
}

function toRule(rule: unknown): AccessRule {
  const texts = (field: string): readonly string[] => listAt(rule, field).filter((it) => typeof it === "string");
  return {
    verbs: texts("verbs"),
    groups: texts("apiGroups"),
    resources: texts("resources"),
    names: texts("resourceNames"),
  };
}

/** Finds a group version in the index of OpenAPI v3. */
export async function findOpenApi(
  requester: Requester,
  groupVersion: string,
  { signal }: CallOptions,
): Promise<OpenApi | undefined> {
  const get = (path: string): Promise<unknown> => {
    const call: ApiCall = { method: "GET", path };
    return requester.call(call, (answer) => readJson(answer.body), signal);
  };
  const url = textAt(await get("/openapi/v3"), "paths", groupVersion, "serverRelativeURL");
  if (url === undefined) return undefined;
  const { pathname, search, searchParams } = new URL(url, "http://server");
  return { hash: searchParams.get("hash") ?? "", load: () => get(pathname + search) };
}

/** Asks the garden for a kubeconfig of a Shoot. */
export async function askKubeconfig(
  requester: Requester,
  shoot: { readonly namespace: string; readonly name: string },
  request: { readonly kind: "admin" | "viewer"; readonly seconds: number },
  { signal }: CallOptions,
): Promise<ShootKubeconfig> {
  const kind = request.kind === "admin" ? "AdminKubeconfigRequest" : "ViewerKubeconfigRequest";
  const path = `${objectPath({ resource: resources.shoots, ...shoot })}/${request.kind}kubeconfig`;
  const apiVersion = "authentication.gardener.cloud/v1alpha1";
  const body = { apiVersion, kind, spec: { expirationSeconds: request.seconds } };
  const read = (answer: unknown): ShootKubeconfig | undefined => {
    const kubeconfig = textAt(answer, "status", "kubeconfig");
    if (kubeconfig === undefined) return undefined;
    const text = Buffer.from(kubeconfig, "base64").toString("utf8");
    return { text, expires: textAt(answer, "status", "expirationTimestamp") ?? "" };
  };
  return requester.call({ method: "POST", path, body }, (it) => readAs(it.body, read), signal);
}
