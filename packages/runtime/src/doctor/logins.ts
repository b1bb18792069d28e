import { runningCodes } from "../codes/running.ts";
import { registryImage } from "../config-file.ts";
import { finding, shownLine } from "./finding.ts";
import type { ExpectedCache, RuntimeFinding, RuntimeView, SeenProbe } from "./view.ts";

/** Logins: another one in use than the Shoot says, one that is rejected or withheld, an upstream that is out of reach. */
export function judgeLogins(view: RuntimeView): readonly RuntimeFinding[] {
  const outdated = (view.expected ?? []).flatMap((it) => judgeInUse(it, view));
  const withheld = (view.expected ?? []).flatMap((it) => judgeRealm(it, view));
  const told = new Set(withheld.map((it) => it.subject));
  return [
    ...outdated,
    ...withheld,
    ...view.probes.flatMap((it) => judgeProbe(it, view)).filter((it) => !told.has(it.subject)),
  ];
}

function judgeInUse(
  { cache, configName, inUse }: ExpectedCache,
  { statefulSets }: RuntimeView,
): readonly RuntimeFinding[] {
  const set = statefulSets.find((it) => it.name === cache.names.resource);
  if (set?.configName === undefined || inUse === "same") return [];
  const uses = `the cache uses Secret ${set.configName}`;
  if (inUse === "other-login")
    return [
      finding(runningCodes.loginOutdated, cache.upstream, [
        uses,
        "the login in it is not the one of the Shoot's Secret",
      ]),
    ];
  if (inUse === "other-settings")
    return [finding(runningCodes.loginOutdated, cache.upstream, [uses, "its settings are not those of the Shoot"])];
  // Another version of the extension writes another text, so its names tell nothing.
  if (configName === undefined || configName === set.configName || set.image !== registryImage) return [];
  return [
    finding(runningCodes.loginOutdated, cache.upstream, [
      uses,
      `by the Shoot and its Secret it would be ${configName}`,
    ]),
  ];
}

function judgeRealm({ cache, foreignRealm }: ExpectedCache, { pods }: RuntimeView): readonly RuntimeFinding[] {
  if (foreignRealm === undefined || cache.secretReferenceName === undefined) return [];
  const logs = pods.filter((it) => it.app === cache.names.resource && it.ready).flatMap((it) => it.log?.trim() || []);
  if (logs.length === 0 || logs.some((it) => it.includes("Discovered token authentication URL"))) return [];
  return [
    finding(runningCodes.realmWithheld, cache.upstream, [
      `the token server of ${cache.remoteUrl} is ${foreignRealm}`,
      'the log has no line "Discovered token authentication URL"',
    ]),
  ];
}

function judgeProbe(probe: SeenProbe, view: RuntimeView): readonly RuntimeFinding[] {
  const verdict = probeVerdict(probe);
  if (verdict === "fine" || verdict === "unclear") return [];
  const known = view.expected?.find((it) => it.cache.names.resource === probe.app)?.cache.upstream;
  const subject = known ?? view.services.find((it) => it.app === probe.app)?.upstream ?? probe.app;
  const code = verdict === "rejected" ? runningCodes.loginRejected : runningCodes.upstreamUnreachable;
  const asked = `pod ${probe.pod}, asked for a digest of ${probe.repository} that no image has, answers ${probe.status}`;
  return [finding(code, subject, [asked, shownLine(detailOf(probe.body))])];
}

/** What an answer to a digest that no image has says of the login. Versions before and after 3.1.1 differ in the status, so the words count. */
export function probeVerdict({ body }: Pick<SeenProbe, "body">): "fine" | "rejected" | "unreachable" | "unclear" {
  const detail = detailOf(body);
  if (
    /dial tcp|no such host|connection refused|i\/o timeout|x509: |: EOF|deadline exceeded|no route to host/.test(detail)
  )
    return "unreachable";
  if (/incorrect username or password|no basic auth credentials/.test(detail)) return "rejected";
  // Who may not see the repository gets the same words as one who has no login.
  if (/denied/i.test(detail)) return "unclear";
  if (/unauthorized/i.test(detail)) return "rejected";
  return /manifest unknown|MANIFEST_UNKNOWN|NAME_UNKNOWN|name unknown/.test(detail) ? "fine" : "unclear";
}

/** The words of a registry's error, in one line. */
function detailOf(body: string): string {
  return body.replaceAll(/\\n|\s+/g, " ").trim();
}
