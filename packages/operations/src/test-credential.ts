import type { CacheSetup } from "@registry-cache/core";
import type { Credential, ProbeRequest } from "@registry-cache/upstream";
import { type CacheProbe, probeCaches } from "./probe.ts";
import { plainPaint, renderProbe } from "./probe-text.ts";

/** How the test of a credential went: in one line, and in full. No value of a Secret is in it. */
export interface CredentialVerdict {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  /** The separate facts as `probe` prints them; absent where nothing was asked. */
  readonly details?: string;
}

/** What a test may be told beside the caches. */
export interface CredentialTestOptions {
  /** In place of what the caches' Secrets hold. */
  readonly credential?: Credential | undefined;
  readonly timeoutMilliseconds: number;
  /** Seconds since 1970. */
  readonly now: number;
  readonly signal?: ProbeRequest["signal"];
}

/** Tries the credential of each of some caches, a shared one once; of those that cannot be read it says why. */
export async function testCredential(
  setups: readonly CacheSetup[],
  { credential: given, ...how }: CredentialTestOptions,
): Promise<CredentialVerdict> {
  const caches = given === undefined ? setups : setups.map((it) => withCredential(it, given));
  const readable = caches.filter((it) => it.credential.kind !== "unknown");
  const result = await probeCaches({
    target: { kind: "setups", setups: readable },
    credential: { kind: "manifests" },
    repository: undefined,
    proxy: undefined,
    caFile: undefined,
    ...how,
  });
  const unread = caches.flatMap(unreadVerdict);
  if (!result.ok) return { severity: "warning", message: result.error };
  const probes = shared(result.value);
  const verdicts = [...probes.map(verdictOf), ...unread].sort((a, b) => weight(b) - weight(a));
  const [worst] = verdicts;
  if (worst === undefined) return { severity: "warning", message: "No cache uses this credential" };
  const message = joined([...new Set(verdicts.map((it) => it.message))]);
  const details = probes.map((it) => renderProbe(it, plainPaint, howToBeSure)).join("\n");
  return { severity: worst.severity, message, ...(details === "" ? {} : { details }) };
}

const howToBeSure = "To be sure, name an image: kubectl registry-cache probe --repository.";

function withCredential(setup: CacheSetup, { username, password }: Credential): CacheSetup {
  const secret = setup.credential.kind === "none" ? undefined : setup.credential.secret;
  const credential = { kind: "known", secret: secret ?? "", username, password, notUtf8: false } as const;
  return { ...setup, credential };
}

/** One for each thing that was asked, with the Shoots that it was asked for. */
function shared(probes: readonly CacheProbe[]): readonly CacheProbe[] {
  return [...new Set(probes.map((it) => it.report))].flatMap((report) => {
    const [first, ...others] = probes.filter((it) => it.report === report);
    if (first === undefined) return [];
    const shoots = new Set([first, ...others].flatMap((it) => it.shoot ?? []));
    return [{ ...first, shoot: shoots.size === 0 ? undefined : [...shoots].join(", ") }];
  });
}

type Verdict = Pick<CredentialVerdict, "severity" | "message">;

function verdictOf({ upstream, credential, report: { verdict, facts } }: CacheProbe): Verdict {
  const why = facts.find((it) => it.status === "no")?.evidence;
  const because = why === undefined ? "" : `: ${why}`;
  const isLogin = credential !== "none";
  switch (verdict) {
    case "can-pull":
    case "unknown":
      return {
        severity: "info",
        message: isLogin
          ? `${upstream} takes this credential, and the cache will send it`
          : `${upstream} answers without a credential`,
      };
    case "cannot-pull":
      return { severity: "error", message: `The cache will not be able to pull from ${upstream}${because}` };
    case "unreachable":
      return { severity: "warning", message: `${upstream} cannot be reached from here${because}` };
  }
}

function unreadVerdict({ upstream, credential }: CacheSetup): readonly Verdict[] {
  if (credential.kind !== "unknown") return [];
  const message = `The credential for ${upstream} cannot be tested: ${credential.reason}`;
  return [{ severity: "warning", message }];
}

function weight({ severity }: Verdict): number {
  return ["info", "warning", "error"].indexOf(severity);
}

const shownCount = 3;

function joined(messages: readonly string[]): string {
  const more = messages.length > shownCount ? [`and ${messages.length - shownCount} more`] : [];
  return [...messages.slice(0, shownCount), ...more].join("; ");
}
