import {
  judgeUsage,
  pendingSwitches,
  readBindingUsage,
  readShootUsage,
  readTemplateUsage,
  type SecretUse,
  type UsageEvidence,
  type UsageReport,
  type UsageVerdict,
} from "@registry-cache/core";
import { type GardenClient, resources } from "@registry-cache/garden";
import { findSecrets } from "./find-secrets.ts";
import { ownProjects, resolveScope, type ScopeRequest } from "./scope.ts";
import { secretFields, usageFields } from "./shoot-fields.ts";
import { type Unseen, unlessForbidden } from "./unseen.ts";
import { note, type ReadList, type Run, readList, where } from "./usage-run.ts";

/** Which Secrets to ask about. */
export interface UsageRequest extends ScopeRequest {
  /** Secrets by name; all of the namespace when empty. */
  readonly secrets: readonly string[];
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

/** A Secret with all that was found of its use. */
export interface SecretUsage extends UsageEvidence, UsageVerdict {
  /** When it was made; absent for what is not there or may not be read. */
  readonly created?: string;
}

/** What uses the Secrets, and all that was read to know it. */
export interface UsageOutcome {
  readonly secrets: readonly SecretUsage[];
  readonly read: readonly ReadList[];
  readonly unseen: readonly Unseen[];
}

/** Reads every reference to Secrets. Throws a `GardenError` where a list broke off or a named Secret neither exists nor is used. */
export async function readUsage(client: GardenClient, request: UsageRequest): Promise<UsageOutcome> {
  const scope = await resolveScope(client, request);
  const run: Run = { client, reports: [], read: [], unread: [] };
  for (const namespace of scope.namespaces) await readShoots(run, namespace);
  await readBindings(run, scope.namespaces, request);
  if (scope.namespaces.some((it) => it === undefined || it === "garden")) await readTemplates(run);
  const secrets: SecretUsage[] = [];
  for (const namespace of scope.namespaces) secrets.push(...(await judgeNamespace(run, namespace, request)));
  const unread = run.unread.map((what) => ({ what, why: "forbidden" }));
  return { secrets, read: run.read, unseen: [...scope.unseen, ...unread] };
}

/** Without the Shoots there is nothing to say at all, so here the end of our rights is an error. */
async function readShoots(run: Run, namespace: string | undefined): Promise<void> {
  const query = { resource: resources.shoots, ...where(namespace), keep: usageFields };
  const { items, resourceVersion } = await run.client.list(query);
  for (const it of items) run.reports.push(readShootUsage(it));
  run.read.push({ resource: "shoots", ...where(namespace), resourceVersion, items: items.length });
}

/**
 * Bindings may name Secrets of any namespace: without the right to see them all, those of all our projects are read.
 * One in a namespace that we may not see leaves a finalizer on the Secret.
 */
async function readBindings(run: Run, asked: readonly (string | undefined)[], request: UsageRequest): Promise<void> {
  let own: readonly string[] | undefined;
  for (const [kind, name, field] of bindings) {
    const keep = { metadata: secretFields["metadata"] ?? true, [field]: true } as const;
    const read = (namespace: string | undefined): Promise<boolean> =>
      readList(run, { resource: resources[name], ...where(namespace), keep }, (it) => {
        run.reports.push(readBindingUsage(kind, it));
      });
    if (await read(undefined)) continue;
    for (const namespace of asked) if (namespace !== undefined && !(await read(namespace))) note(run, name, namespace);
    own ??= request.all ? [] : await ownNamespaces(run);
    for (const namespace of own) if (!asked.includes(namespace)) await read(namespace);
  }
}

async function ownNamespaces({ client }: Run): Promise<readonly string[]> {
  const found = await unlessForbidden(ownProjects(client));
  return found === "forbidden" ? [] : found.projects.map((it) => it.namespace);
}

const bindings = [
  ["SecretBinding", "secretBindings", "secretRef"],
  ["CredentialsBinding", "credentialsBindings", "credentialsRef"],
] as const;

/** ManagedSeedSets are in namespace garden only. (gardener: pkg/apis/seedmanagement/validation/managedseedset.go) */
async function readTemplates(run: Run): Promise<void> {
  const query = { resource: resources.managedSeedSets, namespace: "garden" };
  const seen = await readList(run, query, (it) => run.reports.push(readTemplateUsage(it)));
  if (!seen) note(run, "managedSeedSets", "garden");
}

async function judgeNamespace(
  run: Run,
  namespace: string | undefined,
  request: UsageRequest,
): Promise<readonly SecretUsage[]> {
  const found = await findSecrets(run, namespace, request);
  const uses = usesBySecret(run.reports);
  const pending = pendingSwitches(run.reports);
  return found.map(({ created, ...it }) => {
    const evidence = {
      ...it,
      uses: uses.get(`${it.namespace}/${it.name}`) ?? [],
      pending: pending(it),
      unread: run.unread,
    };
    return { ...evidence, ...judgeUsage(evidence), ...(created && { created }) };
  });
}

function usesBySecret(reports: readonly UsageReport[]): ReadonlyMap<string, readonly SecretUse[]> {
  const found = new Map<string, SecretUse[]>();
  for (const { namespace, secret, use } of reports.flatMap((it) => it.uses)) {
    const key = `${namespace}/${secret}`;
    const others = found.get(key);
    if (others === undefined) found.set(key, [use]);
    else others.push(use);
  }
  return found;
}
