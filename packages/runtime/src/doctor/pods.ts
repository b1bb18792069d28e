import { runningCodes } from "../codes/running.ts";
import type { RuntimeCode } from "../codes/runtime-code.ts";
import { finding, shownLine } from "./finding.ts";
import type { RuntimeFinding, RuntimeView, SeenPod } from "./view.ts";

/** What the last words of a registry mean. The first pattern that fits counts. */
const lastWords: readonly { readonly pattern: RegExp; readonly code: RuntimeCode }[] = [
  { pattern: /configuration error|error parsing .*yaml:/, code: runningCodes.configurationUnreadable },
  { pattern: /x509: |failed to verify certificate/, code: runningCodes.upstreamUntrusted },
  {
    pattern:
      /server gave HTTP response to HTTPS client|first path segment in URL cannot contain colon|malformed HTTP response|: EOF$|unsupported protocol scheme/,
    code: runningCodes.upstreamScheme,
  },
  {
    pattern:
      /connection refused|no such host|i\/o timeout|no route to host|network is unreachable|connection reset|deadline exceeded|handshake timeout|server misbehaving|proxyconnect/,
    code: runningCodes.upstreamUnreachableAtStart,
  },
];

/** Pods that crash, and caches without a pod that is ready. */
export function judgePods(view: RuntimeView): readonly RuntimeFinding[] {
  const crashes = view.pods.flatMap((it) => judgePod(it));
  const told = new Set(crashes.map((it) => it.subject.split("/")[0]));
  const pending = new Set(view.claims.filter((it) => it.phase !== "Bound").map((it) => it.app));
  const missing = (view.expected ?? []).filter(({ cache: { names } }) => {
    const known = told.has(names.resource) || pending.has(names.resource);
    return !known && !view.pods.some((it) => it.app === names.resource && it.ready);
  });
  return [
    ...crashes,
    ...missing.map(({ cache: { upstream, names } }) =>
      finding(runningCodes.cacheNotReady, upstream, evidenceOfAbsence(view, names.resource)),
    ),
  ];
}

function judgePod(pod: SeenPod): readonly RuntimeFinding[] {
  const { app, name, ended, waiting, restarts, ready } = pod;
  const crashed = ended !== undefined && ended.exitCode !== 0 && (!ready || waiting !== undefined);
  if (!crashed) return [];
  const words = lastWordsOf(pod);
  const code = lastWords.find((it) => it.pattern.test(words ?? ""))?.code ?? runningCodes.cacheCrashes;
  const seen = `pod ${name} ended with exit code ${ended.exitCode} (${ended.reason}), restarts: ${restarts}`;
  return [finding(code, `${app}/${name}`, [seen, ...(words === undefined ? [] : [shownLine(words)])])];
}

/** The line with which the registry ended, else the last one of its log. */
function lastWordsOf({ previousLog, log }: SeenPod): string | undefined {
  const lines = (previousLog || log || "").split("\n").map((it) => it.trimEnd());
  const last = lines.findLast((it) => /^panic: |configuration error/.test(it));
  return last ?? lines.findLast((it) => it !== "");
}

function evidenceOfAbsence({ pods, statefulSets }: RuntimeView, app: string): readonly string[] {
  const own = pods.filter((it) => it.app === app);
  if (!statefulSets.some((it) => it.name === app)) return [`there is no StatefulSet ${app}`];
  if (own.length === 0) return [`StatefulSet ${app} has no pod`];
  return own.map(({ name, waiting, unschedulable }) => {
    const why = waiting ?? (unschedulable === undefined ? "" : `no node takes it: ${unschedulable}`);
    return `pod ${name} is not ready${why === "" ? "" : `: ${why}`}`;
  });
}
