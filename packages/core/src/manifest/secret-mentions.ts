import { fieldOf, itemsOf, type Node } from "../yaml/node.ts";
import { type Located, readString } from "./located.ts";
import type { Shoot } from "./shoot.ts";

/**
 * The fields of a Shoot that name a Secret of its namespace: those that keep the Secret from being deleted.
 * (gardener pkg/controllermanager/controller/shoot/reference/add.go)
 */
export function secretMentions({ root, resources }: Shoot): readonly Located<string>[] {
  const spec = fieldOf(root, "spec");
  const apiServer = fieldOf(fieldOf(spec, "kubernetes"), "kubeAPIServer");
  const authorization = fieldOf(apiServer, "structuredAuthorization");
  const server = "spec.kubernetes.kubeAPIServer";
  const names = [
    ...resources.map((it) => (it.kind?.value === "Secret" ? it.target : undefined)),
    ...dnsProviders(spec),
    ...eachItem(apiServer, "admissionPlugins", server, (item, path) => readString(item, "kubeconfigSecretName", path)),
    ...eachItem(authorization, "kubeconfigs", `${server}.structuredAuthorization`, (item, path) =>
      readString(item, "secretName", path),
    ),
  ];
  return names.filter((it) => it !== undefined);
}

function dnsProviders(spec: Node | undefined): readonly (Located<string> | undefined)[] {
  const dns = fieldOf(spec, "dns");
  const references = eachItem(dns, "providers", "spec.dns", (item, path) => {
    const reference = fieldOf(item, "credentialsRef");
    const kind = readString(reference, "kind", path)?.value;
    return kind === "Secret" ? readString(reference, "name", `${path}.credentialsRef`) : undefined;
  });
  return [...references, ...eachItem(dns, "providers", "spec.dns", (it, path) => readString(it, "secretName", path))];
}

function eachItem<T>(
  parent: Node | undefined,
  field: string,
  path: string,
  read: (item: Node, path: string) => T,
): readonly T[] {
  return itemsOf(fieldOf(parent, field)).map(({ value }, index) => read(value, `${path}.${field}[${index}]`));
}
