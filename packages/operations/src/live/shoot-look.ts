import type { LiveEntry, Verification } from "@registry-cache/core";
import {
  createStop,
  errorLine,
  type GardenClient,
  isGardenError,
  type Stop,
  type StopSignal,
} from "@registry-cache/garden";
import { runtimeResources } from "../doctor/cluster-objects.ts";
import { toStatefulSet } from "../doctor/gather-objects.ts";
import { type Logins, openLogins } from "./read-logins.ts";
import type { RotationEvent } from "./rotation-request.ts";
import type { RotationView } from "./rotation-view.ts";
import { openShootAccess, type ShootAccess, type ShootRole } from "./shoot-access.ts";
import { unknown, usesCredentials, type Verified, verifyCaches } from "./verify-caches.ts";

/** How Shoots are looked into. */
export interface LookOptions {
  readonly as: ShootRole;
  /** A repository by upstream that the login may pull, for administrators. */
  readonly repositories?: ReadonlyMap<string, string>;
  /** How long the pods may take, in milliseconds. */
  readonly limit?: number;
  /** How long a cluster may take to answer before its Shoot is switched, in milliseconds. */
  readonly patience?: number;
  readonly connect?: (kubeconfigText: string) => GardenClient;
}

/** Looks into the Shoots of a rotation. What it saw is known to this process only. */
export interface ShootLook {
  readonly verifications: ReadonlyMap<string, Verification>;
  /** Notes what the caches run with before a switch, as far as that can be seen. Never fails. */
  noteBefore(shoot: string): Promise<void>;
  /** Begins to look whether the caches run with the new Secret. */
  begin(shoot: string, to: string): void;
  /** What was seen of a Shoot counts no more. */
  forget(shoot: string): void;
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** What looking needs. */
export interface LookParts {
  readonly client: GardenClient;
  readonly view: RotationView;
  readonly signal: StopSignal;
  readonly onEvent: (event: RotationEvent) => void;
}

const namespace = "kube-system";

/** Makes a look; nothing is asked yet. */
export function openShootLook(parts: LookParts, options: LookOptions): ShootLook {
  const access = openShootAccess(parts.client, options.as, options.connect);
  const stop = createStop({ with: parts.signal });
  const verifications = new Map<string, Verification>();
  const before = new Map<string, ReadonlyMap<string, string>>();
  const logins = openLogins(parts.client);
  const running = new Map<string, { readonly stop: Stop; readonly work: Promise<void> }>();
  const look = async (shoot: string, to: string, signal: StopSignal): Promise<void> => {
    const entries = entriesOf(parts.view, shoot, to);
    const seen = await verifyQuietly(
      { parts, options, access, logins, signal },
      { shoot, to, entries, before: before.get(shoot) },
    );
    if (signal.aborted) return;
    verifications.set(shoot, seen.verification);
    tell(parts, options.as, shoot, seen);
    parts.view.wake();
  };
  return {
    verifications,
    async noteBefore(shoot) {
      const found = await readConfigNames(access, shoot, { signal: stop.signal, patience: options.patience ?? 10_000 });
      if (found !== undefined) before.set(shoot, found);
    },
    begin(shoot, to) {
      verifications.set(shoot, { state: "running" });
      const own = createStop({ with: stop.signal });
      const work = look(shoot, to, own.signal).catch((error: unknown) => parts.view.wake(error));
      running.set(shoot, { stop: own, work });
    },
    forget(shoot) {
      verifications.delete(shoot);
      running.get(shoot)?.stop.end();
    },
    async close() {
      stop.end();
      await Promise.all([...running.values()].map((it) => it.work));
      access.close();
    },
  };
}

function entriesOf(view: RotationView, shoot: string, to: string): readonly LiveEntry[] {
  const found = view.shoots().find((it) => it.name === shoot);
  return (found?.entries ?? []).filter((it) => it.secret === to);
}

async function readConfigNames(
  access: ShootAccess,
  shoot: string,
  { signal, patience }: { readonly signal: StopSignal; readonly patience: number },
): Promise<ReadonlyMap<string, string> | undefined> {
  const stop = createStop({ with: signal, after: patience });
  try {
    const client = await access.open(shoot, stop.signal);
    const query = { resource: runtimeResources.statefulSets, namespace, labelSelector: "upstream-host" };
    const { items } = await client.list(query, { signal: stop.signal });
    const sets = items.map(toStatefulSet);
    return new Map(sets.flatMap(({ name, configName }) => (configName === undefined ? [] : [[name, configName]])));
  } catch (error) {
    if (isGardenError(error)) return undefined;
    throw error;
  } finally {
    stop.end();
  }
}

interface Looking {
  readonly parts: LookParts;
  readonly options: LookOptions;
  readonly access: ShootAccess;
  readonly logins: Logins;
  readonly signal: StopSignal;
}

interface Wanted {
  readonly shoot: string;
  readonly to: string;
  readonly entries: readonly LiveEntry[];
  readonly before: ReadonlyMap<string, string> | undefined;
}

/** Whoever may not look, or reaches nobody, knows nothing; that is no failure of the cache. */
async function verifyQuietly(looking: Looking, wanted: Wanted): Promise<Verified> {
  const { parts, options, access, logins, signal } = looking;
  const { shoot, to, entries } = wanted;
  // A CA bundle is on the nodes, where nobody looks.
  if (!usesCredentials(entries)) return { verification: { state: "passed" }, seen: [], unsure: [] };
  try {
    const client = await access.open(shoot, signal);
    const { as: role, repositories = new Map(), limit = 600_000 } = options;
    const raw = parts.view.raw(shoot);
    const login = await logins.of(to);
    return await verifyCaches({ ...wanted, raw, login, cluster: client, role, repositories, limit, signal });
  } catch (error) {
    if (!isGardenError(error)) throw error;
    return unknown(errorLine(error));
  }
}

function tell({ onEvent }: LookParts, as: ShootRole, shoot: string, { verification, seen, unsure }: Verified): void {
  if (verification.state === "unknown") onEvent({ event: "not-verified", shoot, as, why: verification.why });
  if (verification.state === "passed" && seen.length > 0) onEvent({ event: "verified", shoot, as, seen, unsure });
}
