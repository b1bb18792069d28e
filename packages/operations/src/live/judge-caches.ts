import {
  diagnose,
  type RollOver,
  type RuntimeCache,
  type RuntimeFinding,
  type RuntimeView,
  readRefusals,
} from "@registry-cache/runtime";
import type { Looker } from "../doctor/cluster-objects.ts";
import { unclear } from "../doctor/doctor.ts";
import { gatherObjects, type RuntimeObjects } from "../doctor/gather-objects.ts";
import { gatherView } from "../doctor/gather-view.ts";
import type { OpenShoot } from "../open-shoot.ts";
import type { Verified, VerifyRequest } from "./verify-caches.ts";

/** The caches that got a new Secret, and how far their pods are. */
export interface RolledCaches {
  readonly open: OpenShoot;
  readonly caches: readonly RuntimeCache[];
  readonly states: readonly RollOver[];
  /** What was waited for in vain. */
  readonly late: string | undefined;
}

/** What doctor finds that a new login can have caused; the rest was there before, and is doctor's own matter. */
const causes: ReadonlySet<string> = new Set([
  "upstream-untrusted",
  "upstream-scheme",
  "upstream-unreachable-at-start",
  "configuration-unreadable",
  "cache-crashes",
  "cache-not-ready",
  "login-outdated",
  "login-rejected",
  "realm-withheld",
  "upstream-unreachable",
]);

/** Looks at the caches once more, with their logs, and as an administrator asks them; says whether they work with the new login. */
export async function judgeCaches(request: VerifyRequest, rolled: RolledCaches): Promise<Verified> {
  const { cluster: client, role, repositories } = request;
  const { open, caches, states, late } = rolled;
  const looker: Looker = { client, namespace: "kube-system", unseen: [] };
  const objects = ofCaches(await gatherObjects(looker), caches);
  const admin = role === "admin";
  const view = withoutNames(
    await gatherView(looker, objects, { wanted: { open, caches }, admin, repositories, now: Date.now() }),
  );
  const seen = states.flatMap((it) => (it.state === "rolled" ? it.seen : []));
  const problem = problemOf(view) ?? late;
  if (problem !== undefined) return { verification: { state: "failed", why: problem }, seen, unsure: [] };
  const doubt = doubtOf(view, rolled, admin);
  if (doubt !== undefined) return { verification: { state: "unknown", why: doubt }, seen, unsure: [] };
  const told = [...seen, ...sayOf(view, admin)];
  return { verification: { state: "passed" }, seen: told, unsure: [...refusals(view), ...looker.unseen] };
}

function ofCaches(objects: RuntimeObjects, caches: readonly RuntimeCache[]): RuntimeObjects {
  const apps = new Set(caches.map((it) => it.names.resource));
  const own = (list: RuntimeObjects["pods"]): RuntimeObjects["pods"] =>
    list.filter((it) => apps.has(it.metadata.labels?.["app"] ?? ""));
  const { services, statefulSets, pods } = objects;
  return { services: own(services), statefulSets: own(statefulSets), pods: own(pods), claims: [] };
}

/** Another release of the extension may write other settings and so another name; only the login in it counts here. */
function withoutNames(view: RuntimeView): RuntimeView {
  const expected = view.expected?.map(({ inUse, ...it }) => {
    return { ...it, configName: undefined, inUse: inUse === "other-settings" ? undefined : inUse };
  });
  return { ...view, expected };
}

function problemOf(view: RuntimeView): string | undefined {
  const [found] = diagnose(view).filter((it) => causes.has(it.name));
  if (found !== undefined) return inWords(found);
  const rejected = readRefusals(view.pods).find((it) => it.rejects);
  return rejected && `the log of pod ${rejected.pod} says that the upstream rejects the login`;
}

function inWords({ code, message, evidence }: RuntimeFinding): string {
  const words = message.charAt(0).toLowerCase() + message.slice(1);
  return [`${words} (${code})`, ...evidence].join("; ");
}

/** What keeps us from saying that all is well. */
function doubtOf(view: RuntimeView, { states, caches }: RolledCaches, admin: boolean): string | undefined {
  const open = states.find((it) => it.state === "unclear");
  if (open?.state === "unclear") return open.why;
  if (!admin) return undefined;
  const mute = caches.find((it) => !view.probes.some(({ app }) => app === it.names.resource));
  return unclear(view.probes)[0] ?? (mute && `no pod of ${mute.names.resource} could be asked`);
}

function sayOf({ pods, probes }: RuntimeView, admin: boolean): readonly string[] {
  const told = pods.filter((it) => it.log?.includes("Discovered token authentication URL"));
  const logs = told.map((it) => `the log of pod ${it.name} names the token server that gets the login`);
  const asked = probes.map((it) => it.pod).join(" and ");
  return admin ? [...logs, `the upstream takes the login, as ${asked} found out`] : logs;
}

function refusals({ pods }: RuntimeView): readonly string[] {
  return readRefusals(pods).map(
    ({ pod, count }) =>
      `the log of pod ${pod} tells of ${count} ${count === 1 ? "refusal" : "refusals"} by the upstream, which may be about single images`,
  );
}
