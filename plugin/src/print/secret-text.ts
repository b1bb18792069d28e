import type { ExpiringSecret, SecretInspection } from "@registry-cache/operations";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";
import { renderTable } from "./table.ts";

type Expiry = ExpiringSecret["expiry"];
type Secret = ExpiringSecret["secret"];

const states: { readonly [state in Expiry["state"]]: string } = {
  expired: "expired",
  expiring: "ends soon",
  "short-lived": "short-lived",
  "too-old": "too old",
  valid: "valid",
  unknown: "unknown",
};

/** What is known of one Secret, a line for each thing. */
export function renderInspection(
  { secret, expiry, findings, sight }: SecretInspection,
  now: number,
  paint: Paint,
): string {
  const { kind, form, immutable } = secret;
  const hidden = sight === "forbidden" ? "cannot see: you may not read it" : undefined;
  const uses = secret.uses.map((it) => `${it.upstream} (${it.remoteURL}) of Shoot ${it.shoot ?? "without a name"}`);
  const rows = [
    ...(sight === undefined ? [["file", secret.uri] as const] : []),
    ["form", hidden ?? `${form}, ${immutable ? "immutable" : "mutable"}`],
    ["kind", hidden ?? kind?.title ?? "its values cannot be read here"],
    ["used for", uses.length === 0 ? unusedText(sight) : uses.join("\n")],
    ["age", hidden ?? ageText(secret, now, sight)],
    ["expiry", hidden ?? expiryText(expiry)],
    ["health", hidden ?? healthText(findings)],
  ] as const;
  const lines = rows.flatMap(([title, text]) =>
    text.split("\n").map((line, index) => `  ${(index === 0 ? title : "").padEnd(8)}  ${printable(line)}\n`),
  );
  return `${paint.bold(printable(nameOf(secret)))}\n${lines.join("")}`;
}

/** What stands where no cache uses a Secret. */
export function unusedText(sight: ExpiringSecret["sight"]): string {
  return sight === undefined ? "no cache in these files" : "no cache";
}

function ageText({ createdAt }: Secret, now: number, sight: ExpiringSecret["sight"]): string {
  if (createdAt !== undefined) return `${Math.floor((now - createdAt) / 86_400)} days`;
  return sight === undefined ? "not known from manifests" : "not known";
}

function healthText(findings: SecretInspection["findings"]): string {
  if (findings.length === 0) return "nothing found";
  return findings.map((it) => `${it.severity} ${it.code} ${it.message}`).join("\n");
}

/** The Secrets as a table. */
export function renderExpiring(secrets: readonly ExpiringSecret[], paint: Paint): string {
  if (secrets.length === 0) return "no Secret of a cache was found\n";
  const rows = secrets.map(({ secret, expiry }) => [
    printable(nameOf(secret)),
    dayOf(expiry.expiresAt) ?? "-",
    states[expiry.state],
    printable(expiry.reason),
  ]);
  const [head = "", ...lines] = renderTable([["SECRET", "ENDS", "STATE", "REASON"], ...rows]).split("\n");
  const colored = lines.map((line, index) => colorOf(secrets[index]?.expiry.state, paint)(line));
  return [head, ...colored].join("\n");
}

/** An inspection as JSON. */
export function toInspectionJson({ findings, ...rest }: SecretInspection): object {
  return { ...toExpiringJson(rest), findings };
}

/** A Secret and its end as JSON: nothing of its values is in it. */
export function toExpiringJson({ secret, expiry, sight }: ExpiringSecret): object {
  const { name, namespace, uri, form, immutable, kind, uses, createdAt } = secret;
  const { state, reason, expiresAt } = expiry;
  return {
    name,
    namespace,
    ...(sight === undefined ? { file: uri } : { seen: sight }),
    // Metadata does not tell these.
    ...(sight === undefined || sight === "values" ? { form, immutable } : {}),
    kind: kind && { id: kind.id, title: kind.title },
    uses,
    createdAt: timeOf(createdAt),
    expiry: { state, reason, expiresAt: timeOf(expiresAt) },
  };
}

/** A Secret's name with its namespace, where it has one. */
export function nameOf({ name, namespace }: Pick<Secret, "name" | "namespace">): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The day of a time in UTC, such as 2027-01-31; undefined for what is no time. */
export function dayOf(seconds: number | undefined): string | undefined {
  return timeOf(seconds)?.slice(0, 10);
}

function timeOf(seconds: number | undefined): string | undefined {
  const date = new Date((seconds ?? Number.NaN) * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function expiryText({ state, reason, expiresAt }: Expiry): string {
  const day = dayOf(expiresAt);
  return `${states[state]}${day === undefined ? "" : `, ${day}`}: ${reason}`;
}

function colorOf(state: Expiry["state"] | undefined, paint: Paint): (text: string) => string {
  if (state === undefined || state === "valid" || state === "unknown") return (text) => text;
  return state === "expiring" || state === "too-old" ? paint.yellow : paint.red;
}
