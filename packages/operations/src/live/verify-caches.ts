import { type LiveEntry, readManifests, type Verification } from "@registry-cache/core";
import { type ApiObject, createStop, type GardenClient, type StopSignal } from "@registry-cache/garden";
import {
  type Credentials,
  judgeRollOver,
  type RollOver,
  type RollTarget,
  type RuntimeCache,
  readRuntimeCaches,
  renderConfigFile,
} from "@registry-cache/runtime";
import { configNameOf } from "../doctor/expect-cache.ts";
import { toPod, toStatefulSet } from "../doctor/gather-objects.ts";
import { type OpenShoot, openAmong } from "../open-shoot.ts";
import { judgeCaches } from "./judge-caches.ts";
import type { ShootRole } from "./shoot-access.ts";
import { asManifest } from "./shoot-fields.ts";
import { watchCaches } from "./watch-caches.ts";

/** A Shoot that is rolled out, and what its caches are to run with. */
export interface VerifyRequest {
  readonly shoot: string;
  /** The Shoot as the garden gave it. */
  readonly raw: ApiObject | undefined;
  /** The new Secret, the login in it, and the entries that name it. */
  readonly to: string;
  readonly login: Credentials;
  readonly entries: readonly LiveEntry[];
  /** The config Secrets by StatefulSet before the switch, where somebody looked. */
  readonly before: ReadonlyMap<string, string> | undefined;
  /** The Shoot's own cluster. */
  readonly cluster: GardenClient;
  readonly role: ShootRole;
  readonly repositories: ReadonlyMap<string, string>;
  /** How long the pods may take, in milliseconds. */
  readonly limit: number;
  readonly signal: StopSignal;
}

/** What a look came to, in words. */
export interface Verified {
  readonly verification: Verification;
  /** What was seen. */
  readonly seen: readonly string[];
  /** What was seen and may mean something. */
  readonly unsure: readonly string[];
}

/** The namespace of a Shoot's caches. */
const namespace = "kube-system";

/** After so long a name that nobody can explain is not waited for any more. */
const patience = 60_000;

/** Waits until the caches of a Shoot run with the new Secret, and looks what they and their logs say. Throws a `GardenError` where it may not look. */
export async function verifyCaches(request: VerifyRequest): Promise<Verified> {
  const { raw } = request;
  if (raw === undefined) return unknown(`there is no Shoot "${request.shoot}" any more`);
  const open = openWithSecret(request, raw);
  const all = readRuntimeCaches(open.shoot);
  if (!all.ok) return unknown(all.error);
  const names = request.entries.map((it) => it.name);
  const caches = all.value.filter((it) => names.includes(it.secretReferenceName ?? ""));
  const targets = caches.map((cache) => targetOf(cache, open, request.before));
  const states = await untilRolledOver(request, targets);
  const late = states.flatMap((it) => (it.state === "rolling" ? it.why : []))[0];
  const minutes = Math.round(request.limit / 60_000);
  return judgeCaches(request, {
    open,
    caches,
    states,
    late: late && `${late}, ${minutes} minutes after the roll-out`,
  });
}

/** Whether a cache logs in by these entries. */
export function usesCredentials(entries: readonly LiveEntry[]): boolean {
  return entries.some((it) => it.users.some((user) => user.startsWith("cache ")));
}

/** Nothing was seen, for a reason that is no failure of the cache. */
export function unknown(why: string): Verified {
  return { verification: { state: "unknown", why }, seen: [], unsure: [] };
}

/** The Shoot together with its new Secret. */
function openWithSecret({ to, shoot, login: stringData }: VerifyRequest, raw: ApiObject): OpenShoot {
  const texts = [
    JSON.stringify(asManifest(raw)),
    JSON.stringify({ apiVersion: "v1", kind: "Secret", metadata: { name: to }, stringData }),
  ];
  const files = texts.map((text, index) => readManifests(String(index), text));
  const open = openAmong(files, { names: ["the garden"], recursive: false, shoot });
  if (!open.ok) throw new Error(`unreachable: ${open.error}`);
  return open.value;
}

function targetOf(cache: RuntimeCache, open: OpenShoot, before: VerifyRequest["before"]): RollTarget {
  const login = open.loginOf(cache.secretReferenceName);
  // What we write otherwise than the extension has another name, too.
  const mended = login.kind === "known" && renderConfigFile(cache, login.credentials).mended.length > 0;
  return {
    cache,
    before: before?.get(cache.names.resource),
    expected: mended ? undefined : configNameOf(cache, login),
  };
}

/** Waits for the pods of all caches, until one crashes, or for as long as they may take. */
async function untilRolledOver(
  { cluster, signal, limit }: VerifyRequest,
  targets: readonly RollTarget[],
): Promise<readonly RollOver[]> {
  const stop = createStop({ with: signal });
  try {
    const watched = await watchCaches({ client: cluster, namespace }, stop.signal);
    const deadline = Date.now() + limit;
    const patient = Date.now() + Math.min(patience, limit);
    for (;;) {
      const [sets, pods] = [watched.sets().map(toStatefulSet), watched.pods().map(toPod)];
      const states = targets.map((it) => judgeRollOver(it, sets, pods));
      const open = states.filter((it) => it.state === "rolling" || (it.state === "unclear" && Date.now() < patient));
      if (open.length === 0 || states.some((it) => it.state === "crashing")) return states;
      const next = open.some((it) => it.state === "unclear") ? patient : deadline;
      if (signal.aborted || Date.now() >= deadline) return states;
      const timer = createStop({ with: stop.signal, after: Math.max(0, next - Date.now()) });
      await Promise.race([watched.changed(), timer.ended]);
      timer.end();
    }
  } finally {
    stop.end();
  }
}
