import type { Workspace } from "../analyze/open-workspace.ts";
import type { SecretForm } from "../manifest/secret.ts";

/** A Secret with the credentials of caches, that some manifest stands for. */
export interface UsedCredential {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly form: SecretForm;
  /** The file of its manifest. */
  readonly uri: string;
  /** The upstreams that it is for. */
  readonly upstreams: readonly string[];
  /** How many Shoots use it. */
  readonly shootCount: number;
}

/** The Secrets that the caches of a workspace log in with, by name and namespace. */
export function usedCredentials({ uris, report, garden }: Workspace): readonly UsedCredential[] {
  const found = new Map<string, UsedCredential>();
  const references = [...uris()].flatMap((uri) => report(uri)?.shoots ?? []).flatMap((it) => it.references);
  for (const { purpose, target, namespace } of references) {
    const key = JSON.stringify([namespace ?? "", target?.name]);
    if (purpose !== "credentials" || target === undefined || found.has(key)) continue;
    const { name } = target;
    const [manifest] = garden.manifestsOf(name, namespace);
    if (manifest === undefined) continue;
    const uses = [...garden.usesOf({ name, namespace }, "credentials")];
    const shoots = new Set(uses.map((it) => JSON.stringify([it.uri, it.shootName])));
    const upstreams = [...new Set(uses.flatMap((it) => it.upstream ?? []))].sort();
    found.set(key, { name, namespace, form: manifest.form, uri: manifest.uri, upstreams, shootCount: shoots.size });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it);
}
