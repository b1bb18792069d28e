import { isIP } from "node:net";
import type { ConnectionOptions, SecureContext } from "node:tls";
import * as tls from "node:tls";
import { GardenError } from "../garden-error.ts";

/** A client certificate with its key, both in PEM. */
export interface ClientCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** What a TLS connection trusts. */
export interface TlsTrust {
  /** PEM; undefined for the authorities of Node and of the system. */
  readonly authorities: string | undefined;
  /** The name that the server's certificate must have, where it is not the host's. */
  readonly serverName: string;
  readonly insecure: boolean;
}

/** Prepares the options of Node for connections to a host, once for many: reading the authorities takes a while. */
export function prepareTls(trust: TlsTrust, host: string, client?: ClientCertificate): ConnectionOptions {
  const name = trust.serverName || host;
  return {
    // An address is never sent as a name (RFC 6066), but the certificate is checked for it.
    ...(isIP(name) === 0 && { servername: name }),
    checkServerIdentity: (_, certificate) => tls.checkServerIdentity(name, certificate),
    secureContext: secureContext(trust, client),
    rejectUnauthorized: !trust.insecure,
    ALPNProtocols: ["http/1.1"],
  };
}

/** What an https proxy is trusted by: as kubectl does it, the cluster's authorities; and the system's, which sign most proxies. */
export function proxyTrust({ authorities, insecure }: TlsTrust): TlsTrust {
  if (authorities === undefined || insecure) return { authorities, serverName: "", insecure };
  const all = [...(systemAuthorities() ?? tls.rootCertificates), authorities];
  return { authorities: all.join("\n"), serverName: "", insecure };
}

function secureContext({ authorities, insecure }: TlsTrust, client: ClientCertificate | undefined): SecureContext {
  const ca = insecure ? [] : (authorities ?? systemAuthorities());
  // OpenSSL takes a text without any certificate for an empty list, and would call every server's authority unknown.
  if (!insecure && authorities !== undefined && !/-----BEGIN (?:\w+ )?CERTIFICATE-----/.test(authorities))
    throw new GardenError("config", "the cluster's certificate authority holds no certificate in PEM");
  try {
    return tls.createSecureContext({
      minVersion: "TLSv1.2",
      ...(ca && { ca }),
      ...(client && { cert: client.certificate, key: client.key }),
    });
  } catch {
    // What OpenSSL says of it names neither the file nor the field.
    const which = client
      ? "the certificate authority or the client certificate with its key"
      : "the certificate authority";
    throw new GardenError("config", `${which} cannot be read as PEM`);
  }
}

/** Node knows only its own list by itself; kubectl trusts what the machine trusts. */
function systemAuthorities(): string[] | undefined {
  // Node 20 cannot read the system's list.
  if (typeof tls.getCACertificates !== "function") return undefined;
  return [...tls.getCACertificates("default"), ...tls.getCACertificates("system")];
}
