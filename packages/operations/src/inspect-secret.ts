import {
  conclude,
  type Finding,
  inspect,
  type Result,
  type SecretSummary,
  secretSummaries,
} from "@registry-cache/core";
import { findTracked, stdinUri } from "@registry-cache/files";
import { readManifestFiles } from "./read-manifests.ts";
import { judgeExpiry, type SecretExpiry, type Sight } from "./secret-expiry.ts";

/** Which Secret in which files. */
export interface InspectRequest {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly names: readonly string[];
  readonly recursive: boolean;
  /** Seconds since 1970. */
  readonly now: number;
}

/** All that can be said of a Secret without its values. */
export interface SecretInspection {
  readonly secret: SecretSummary;
  readonly expiry: SecretExpiry;
  readonly findings: readonly Pick<Finding, "code" | "name" | "severity" | "message">[];
  /** Of a garden only: how far it could be looked at. */
  readonly sight?: Sight;
}

const twoWeeks = 14 * 86_400;

/** Inspects the Secrets of a name; the error says why there is none to inspect. */
export function inspectSecrets(request: InspectRequest): Result<readonly SecretInspection[], string> {
  const { name, namespace, now } = request;
  const files = readManifestFiles(request.names, request.recursive);
  if (!files.ok) return files;
  const all = secretSummaries(files.value);
  const chosen = all.filter((it) => it.name === name && (namespace === undefined || it.namespace === namespace));
  if (chosen.length === 0) {
    const known = [...new Set(all.map((it) => it.name))].slice(0, 10).join(", ");
    const hint = known === "" ? "" : `, known are ${known}`;
    return { ok: false, error: `there is no Secret "${name}" with credentials of a cache in these files${hint}` };
  }
  const uris = files.value.map((it) => it.uri).filter((it) => it !== stdinUri);
  const findings = conclude(
    files.value.map((it) => inspect(it)),
    { committed: findTracked(uris) },
  );
  return { ok: true, value: chosen.map((secret) => inspectionOf(secret, findings.get(secret.uri) ?? [], now)) };
}

/** An inspection of a Secret, of the findings in its file those that lie on it. */
export function inspectionOf(
  secret: SecretSummary,
  findings: readonly Finding[],
  now: number,
  sight: Sight = "values",
): SecretInspection {
  const within = findings.filter(({ span }) => span.start >= secret.span.start && span.end <= secret.span.end);
  return {
    secret,
    expiry: judgeExpiry(secret, { now, within: twoWeeks, maxAge: undefined }, sight),
    findings: within.map(({ code, name, severity, message }) => ({ code, name, severity, message })),
  };
}
