import { type AccessGrant, grantsOf } from "./access-rules.ts";
import type { ApiRequest, Authorizer } from "./exchange.ts";
import { isFields, textIn } from "./object.ts";

/** Answers the reviews of authorization.k8s.io that everybody may ask for about themselves; undefined for other requests. */
export async function review(
  { method, path, body, user }: ApiRequest,
  authorize: Authorizer,
  grants: readonly AccessGrant[],
): Promise<object | undefined> {
  const [, kind] =
    /^\/apis\/authorization\.k8s\.io\/v1\/(selfsubjectaccessreviews|selfsubjectrulesreviews)$/.exec(path) ?? [];
  if (method !== "POST" || kind === undefined) return undefined;
  const asked: unknown = JSON.parse(body);
  const reply = { metadata: {}, ...(isFields(asked) ? asked : {}) };
  if (kind === "selfsubjectrulesreviews")
    return { ...reply, status: rules(grants, user, textIn(asked, "spec", "namespace") ?? "") };
  const attribute = (name: string): string => textIn(asked, "spec", "resourceAttributes", name) ?? "";
  const allowed = await authorize(user, {
    verb: attribute("verb"),
    group: attribute("group"),
    resource: attribute("resource"),
    subresource: attribute("subresource"),
    namespace: attribute("namespace"),
    name: attribute("name"),
  });
  return { ...reply, status: { allowed } };
}

function rules(grants: readonly AccessGrant[], user: ApiRequest["user"], namespace: string): object {
  const resourceRules = grantsOf(grants, user, namespace).map(({ verbs, groups, resources, names }) => ({
    verbs,
    apiGroups: groups ?? ["*"],
    resources: resources ?? ["*"],
    ...(names && { resourceNames: names }),
  }));
  return { resourceRules, nonResourceRules: [], incomplete: false };
}
