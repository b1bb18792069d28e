import type { Result } from "@registry-cache/core";
import { type CertificateSpec, certificateSpecs, readRuntimeCaches } from "@registry-cache/runtime";
import type { OpenShoot } from "./open-shoot.ts";
import type { Certificates } from "./render-shoot.ts";

/** The certificates that the caches of a Shoot need: none where no cache has TLS, else the CA first. */
export function neededCertificates(
  open: OpenShoot,
  endpoints: ReadonlyMap<string, string>,
): Result<readonly CertificateSpec[], string> {
  const caches = readRuntimeCaches(open.shoot);
  if (!caches.ok) return caches;
  if (!caches.value.some((it) => it.tls)) return { ok: true, value: [] };
  return { ok: true, value: certificateSpecs(caches.value, ({ upstream }) => addressOf(endpoints.get(upstream))) };
}

/** What stands for certificates where equal input is to give equal output. */
export const placeholders: Certificates = {
  authority: "<certificate of the CA>\n",
  of: ({ names }) => ({ certificate: `<certificate of ${names.service}>\n`, key: `<key of ${names.service}>\n` }),
};

/** The IP address in an endpoint; a name there is one of the Service's already. */
function addressOf(endpoint: string | undefined): string | undefined {
  const [, address] =
    /^https?:\/\/(?:\[([0-9a-f:]+)\]|(\d+(?:\.\d+){3}))(?::\d+)?\/?$/i.exec(endpoint ?? "")?.filter(Boolean) ?? [];
  return address;
}
