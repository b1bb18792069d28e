import type { ResourceDefinition } from "../api-server/resource.ts";
import { kubeconfigAction, type ShootKubeconfigWriter } from "./kubeconfig-action.ts";
import { type AdmissionParts, admitShoot, admitShootDeletion } from "./shoot-admission.ts";
import { prepareNewShoot, prepareShootUpdate } from "./shoot-strategy.ts";

const gardener = { group: "core.gardener.cloud", version: "v1beta1" };
const security = { group: "security.gardener.cloud", version: "v1alpha1" };
const seedManagement = { group: "seedmanagement.gardener.cloud", version: "v1alpha1" };

/** The resources of a garden: Shoots with their law, the others as plain objects. */
export function gardenResources(
  parts: AdmissionParts,
  kubeconfig: ShootKubeconfigWriter,
): readonly ResourceDefinition[] {
  return [
    {
      ...gardener,
      ...names("shoot", "Shoot"),
      namespaced: true,
      fields: ["apiVersion", "kind", "metadata", "spec", "status"],
      hasStatus: true,
      prepareCreate: prepareNewShoot,
      prepareUpdate: prepareShootUpdate,
      admit: (object, old, context) => admitShoot(parts, object, old, context),
      admitDelete: admitShootDeletion,
      actions: {
        adminkubeconfig: kubeconfigAction("admin", kubeconfig),
        viewerkubeconfig: kubeconfigAction("viewer", kubeconfig),
      },
    },
    { ...gardener, ...names("project", "Project"), namespaced: false },
    { ...gardener, ...names("secretbinding", "SecretBinding", "sb"), namespaced: true },
    { ...gardener, ...names("seed", "Seed"), namespaced: false },
    { ...gardener, ...names("cloudprofile", "CloudProfile", "cprofile"), namespaced: false },
    { ...gardener, ...names("controllerregistration", "ControllerRegistration", "ctrlreg"), namespaced: false },
    { ...security, ...names("credentialsbinding", "CredentialsBinding"), namespaced: true },
    {
      ...security,
      ...names("workloadidentity", "WorkloadIdentity"),
      plural: "workloadidentities",
      namespaced: true,
    },
    { ...seedManagement, ...names("managedseedset", "ManagedSeedSet", "mss"), namespaced: true },
  ];
}

function names(
  singular: string,
  kind: string,
  ...shortNames: readonly string[]
): Pick<ResourceDefinition, "singular" | "plural" | "kind" | "shortNames"> {
  return { singular, plural: `${singular}s`, kind, shortNames };
}
