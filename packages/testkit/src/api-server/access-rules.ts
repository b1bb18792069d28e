import type { Access, Authorizer, UserInfo } from "./exchange.ts";

/** Rights that users or groups have, as RBAC writes them. `*` stands for all, a missing list too, except of verbs. */
export interface AccessGrant {
  /** Names of users or groups. */
  readonly subjects: readonly string[];
  readonly verbs: readonly string[];
  readonly groups?: readonly string[];
  /** `shoots` or `shoots/viewerkubeconfig`. */
  readonly resources?: readonly string[];
  readonly names?: readonly string[];
  /** Absent for the whole cluster. */
  readonly namespaces?: readonly string[];
}

/** Allows what some grant allows; members of system:masters may do all. */
export function authorizerOf(grants: readonly AccessGrant[]): Authorizer {
  return async (user, access) =>
    user.groups.includes("system:masters") || grants.some((it) => isFor(it, user) && allows(it, access));
}

/** The grants that a user has in a namespace. */
export function grantsOf(grants: readonly AccessGrant[], user: UserInfo, namespace: string): readonly AccessGrant[] {
  const all: AccessGrant = { subjects: [], verbs: ["*"], groups: ["*"], resources: ["*"] };
  const own = grants.filter((it) => isFor(it, user) && includes(it.namespaces, namespace));
  return user.groups.includes("system:masters") ? [all] : own;
}

function isFor({ subjects }: AccessGrant, { name, groups }: UserInfo): boolean {
  return subjects.includes(name) || groups.some((it) => subjects.includes(it));
}

function allows(grant: AccessGrant, { verb, group, resource, subresource, namespace, name }: Access): boolean {
  return (
    includes(grant.verbs, verb) &&
    includes(grant.groups, group) &&
    includes(grant.resources, subresource === "" ? resource : `${resource}/${subresource}`) &&
    includes(grant.names, name) &&
    includes(grant.namespaces, namespace)
  );
}

function includes(list: readonly string[] | undefined, value: string): boolean {
  return list === undefined || list.includes("*") || list.includes(value);
}
