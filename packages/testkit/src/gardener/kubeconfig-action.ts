import { invalid } from "../api-server/failure.ts";
import { type ApiObject, type Fields, fieldIn, listIn, textIn } from "../api-server/object.ts";
import type { WriteContext } from "../api-server/resource.ts";
import { toTime } from "../api-server/write-object.ts";

/** Makes the kubeconfig of a Shoot for who was let in as an admin or a viewer. */
export type ShootKubeconfigWriter = (shoot: ApiObject, kind: "admin" | "viewer") => string;

const shortest = 600;
const longest = 86_400;

/** Answers a request for a kubeconfig. (pkg/apiserver/registry/core/shoot/storage/kubeconfig.go) */
export function kubeconfigAction(
  kind: "admin" | "viewer",
  write: ShootKubeconfigWriter,
): (body: Fields, shoot: ApiObject, context: WriteContext) => Promise<object> {
  return async (body, shoot, { now }) => {
    const asked = Number(fieldIn(body, "spec", "expirationSeconds") ?? 3600);
    const kindName = kind === "admin" ? "AdminKubeconfigRequest" : "ViewerKubeconfigRequest";
    const refuse = (field: string, message: string): Error =>
      invalid(`${kindName}.authentication.gardener.cloud`, "", [{ reason: "FieldValueInvalid", field, message }]);
    if (asked < shortest)
      throw refuse(
        "spec.expirationSeconds",
        `Invalid value: ${asked}: may not specify a duration less than 10 minutes`,
      );
    if (listIn(shoot, "status", "advertisedAddresses").length === 0)
      throw refuse(
        "status.advertisedAddresses",
        "Invalid value: []: no kube-apiserver advertised addresses in Shoot .status.advertisedAddresses",
      );
    const status = {
      kubeconfig: Buffer.from(write(shoot, kind)).toString("base64"),
      expirationTimestamp: toTime(now + Math.min(asked, longest) * 1000),
    };
    return {
      kind: kindName,
      apiVersion: "authentication.gardener.cloud/v1alpha1",
      metadata: {},
      spec: body["spec"],
      status,
    };
  };
}

/** A kubeconfig whose token names the Shoot and the role; its server does not exist. */
export function inventedKubeconfig(shoot: ApiObject, kind: "admin" | "viewer"): string {
  const { namespace, name } = shoot.metadata;
  const [address] = listIn(shoot, "status", "advertisedAddresses");
  const id = `${namespace}--${name}`;
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": id,
    clusters: [{ name: id, cluster: { server: textIn(address, "url") } }],
    users: [{ name: id, user: { token: `invented-${kind}-${id}` } }],
    contexts: [{ name: id, context: { cluster: id, user: id } }],
  });
}
