import {
  judgeUsage,
  pendingSwitches,
  readBindingUsage,
  readSecretState,
  readShootUsage,
  readTemplateUsage,
  type SecretState,
  type SecretUse,
  type UsageEvidence,
  type UsageReport,
  type UsageVerdict,
} from "@registry-cache/core";
import { type GardenClient, GardenError, type ListQuery, resources } from "@registry-cache/garden";
import { resolveScope, type ScopeRequest } from "./scope.ts";
import { secretFields, usageFields } from "./shoot-fields.ts";
import { textAt } from "./text-at.ts";
import { placeWords, type Unseen, unlessForbidden, unlessMissing } from "./unseen.ts";

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

/** A list that was read to its end, and of which moment it is. */
export interface ReadList {
  readonly resource: string;
  /** Absent for the whole garden. */
  readonly namespace?: string;
  readonly resourceVersion: string;
  readonly items: number;
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
  await readBindings(run, scope.namespaces);
  if (scope.namespaces.some((it) => it === undefined || it === "garden")) await readTemplates(run);
  const secrets: SecretUsage[] = [];
  for (const namespace of scope.namespaces) secrets.push(...(await judgeNamespace(run, namespace, request)));
  const unread = run.unread.map((what) => ({ what, why: "forbidden" }));
  return { secrets, read: run.read, unseen: [...scope.unseen, ...unread] };
}

interface Run {
  readonly client: GardenClient;
  readonly reports: UsageReport[];
  readonly read: ReadList[];
  /** What our rights kept back, in words. */
  readonly unread: string[];
}

/** Without the Shoots there is nothing to say at all, so here the end of our rights is an error. */
async function readShoots(run: Run, namespace: string | undefined): Promise<void> {
  const query = { resource: resources.shoots, ...where(namespace), keep: usageFields };
  const { items, resourceVersion } = await run.client.list(query);
  for (const it of items) run.reports.push(readShootUsage(it));
  run.read.push({ resource: "shoots", ...where(namespace), resourceVersion, items: items.length });
}

/** Bindings may name Secrets of any namespace. Those in namespaces that we may not see leave a finalizer on the Secret. */
async function readBindings(run: Run, namespaces: readonly (string | undefined)[]): Promise<void> {
  for (const [kind, name, field] of bindings) {
    const keep = { metadata: secretFields["metadata"] ?? true, [field]: true } as const;
    const read = (namespace: string | undefined): Promise<boolean> =>
      readList(run, { resource: resources[name], ...where(namespace), keep }, (it) => {
        run.reports.push(readBindingUsage(kind, it));
      });
    if (await read(undefined)) continue;
    for (const namespace of namespaces)
      if (namespace !== undefined && !(await read(namespace))) note(run, name, namespace);
  }
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

function note(run: Run, resource: keyof typeof resources, namespace: string | undefined): void {
  run.unread.push(`${resources[resource].plural} ${placeWords(namespace)}`);
}

/** Reads a list to its end; false where our rights end. A garden that has no such resource has none of them. */
async function readList(run: Run, query: ListQuery, onItem: (item: unknown) => void): Promise<boolean> {
  const listed = await unlessForbidden(unlessMissing(run.client.list(query)));
  if (listed === "forbidden") return false;
  if (listed === undefined) return true;
  const { items, resourceVersion } = listed;
  for (const it of items) onItem(it);
  run.read.push({ resource: query.resource.plural, ...where(query.namespace), resourceVersion, items: items.length });
  return true;
}

function where(namespace: string | undefined): { readonly namespace?: string } {
  return namespace === undefined ? {} : { namespace };
}

interface FoundSecret {
  readonly namespace: string;
  readonly name: string;
  readonly secret: SecretState;
  readonly created?: string;
}

async function judgeNamespace(
  run: Run,
  namespace: string | undefined,
  request: UsageRequest,
): Promise<readonly SecretUsage[]> {
  const found = await findSecrets(run, namespace, request);
  const uses = usesBySecret(run.reports);
  const open = run.reports.filter((it) => it.pending !== undefined);
  return found.map(({ created, ...it }) => {
    const evidence = { ...it, uses: uses.get(`${it.namespace}/${it.name}`) ?? [], pending: pendingSwitches(it, open), unread: run.unread };
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

async function findSecrets(
  run: Run,
  namespace: string | undefined,
  { secrets: names, labelSelector, fieldSelector }: UsageRequest,
): Promise<readonly FoundSecret[]> {
  if (names.length > 0 && namespace !== undefined) {
    const found: FoundSecret[] = [];
    for (const name of names) found.push(await findSecret(run, namespace, name));
    return found;
  }
  const selectors = { ...(labelSelector && { labelSelector }), ...(fieldSelector && { fieldSelector }) };
  const found: FoundSecret[] = [];
  const query = {
    resource: resources.secrets,
    ...where(namespace),
    ...selectors,
    metadataOnly: true,
    keep: secretFields,
  };
  const seen = await readList(run, query, (it) => found.push(toFound(it)));
  if (seen) return names.length === 0 ? found : found.filter((it) => names.includes(it.name));
  // A viewer may not see the Secrets, but what names them.
  const used = run.reports
    .flatMap((it) => it.uses)
    .filter((it) => namespace === undefined || it.namespace === namespace);
  run.unread.push(`secrets ${placeWords(namespace)}`);
  const keys = new Map(
    used.map((it) => [`${it.namespace}/${it.secret}`, { namespace: it.namespace, name: it.secret }]),
  );
  return [...keys.values()].map((it) => ({ ...it, secret: { state: "unreadable" } }));
}

async function findSecret(run: Run, namespace: string, name: string): Promise<FoundSecret> {
  const ref = { resource: resources.secrets, namespace, name };
  const used = run.reports.some((it) => it.uses.some((use) => use.secret === name && use.namespace === namespace));
  const asked = run.client.get(ref, { metadataOnly: true });
  const found = await unlessForbidden(used ? unlessMissing(asked) : asked);
  if (found === "forbidden") return { namespace, name, secret: { state: "unreadable" } };
  return found === undefined ? { namespace, name, secret: { state: "missing" } } : toFound(found);
}

function toFound(secret: unknown): FoundSecret {
  const state = readSecretState(secret);
  if (state.state !== "present") throw new GardenError("protocol", "the server's answer is no Secret");
  const created = textAt(secret, "metadata", "creationTimestamp");
  return { namespace: state.object.namespace, name: state.object.name, secret: state, ...(created && { created }) };
}
