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
import { judgeExpiry, type SecretExpiry } from "./secret-expiry.ts";

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
  const inspections = chosen.map((secret) => {
    const within = (findings.get(secret.uri) ?? []).filter(
      ({ span }) => span.start >= secret.span.start && span.end <= secret.span.end,
    );
    return {
      secret,
      expiry: judgeExpiry(secret, { now, within: twoWeeks, maxAge: undefined }),
      findings: within.map(({ code, name: rule, severity, message }) => ({ code, name: rule, severity, message })),
    };
  });
  return { ok: true, value: inspections };
}
