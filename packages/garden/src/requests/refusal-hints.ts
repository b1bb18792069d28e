import { readFirstCertificate } from "@registry-cache/core";
import type { ClientCertificate } from "../transport/tls-options.ts";

/** What the server does not say of a login that it refuses: a client certificate that has ended, or clocks that differ. */
export function loginHint(date: string | undefined, client: ClientCertificate | undefined): string {
  const end = client === undefined ? undefined : endOf(client.certificate);
  if (end !== undefined && end < Date.now()) return `; the client certificate has ended on ${timeText(end)}`;
  return clockHint(date);
}

/** Which resource the server does not have; of Gardener's, it may be the cluster of a Shoot that is asked. */
export function unknownHint(path: string, { host }: URL): string {
  const [, group, plural] = /^\/apis\/([^/]+)\/[^/]+\/(?:namespaces\/[^/]+\/)?([^/?]+)/.exec(path) ?? [];
  if (group === undefined || plural === undefined) return "";
  const guess = group.endsWith("gardener.cloud") ? "; is it the garden, or the cluster of a Shoot?" : "";
  return `: ${host} has no ${plural}.${group}${guess}`;
}

function endOf(pem: string): number | undefined {
  const read = readFirstCertificate(pem);
  return read.kind === "certificate" ? read.notAfter : undefined;
}

function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}

/** Tokens look expired, or not yet valid, to a server whose clock is another. */
function clockHint(date: string | undefined): string {
  const minutes = Math.round((Date.now() - Date.parse(date ?? "")) / 60_000);
  if (Number.isNaN(minutes) || Math.abs(minutes) < 5) return "";
  return `; this machine's clock is ${Math.abs(minutes)} minutes ${minutes > 0 ? "ahead of" : "behind"} the server's`;
}
