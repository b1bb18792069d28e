/** How a node reaches one registry: what gardener-node-agent writes for containerd. */
export interface RegistryHosts {
  readonly upstream: string;
  /** Where containerd goes when no host answers. */
  readonly server: string;
  readonly hosts: readonly RegistryHost[];
  /** The node waits until the first host answers before it uses it. */
  readonly readinessProbe: boolean;
}

/** One host that is tried before the server. */
export interface RegistryHost {
  readonly url: string;
  readonly capabilities: readonly string[];
  /** Paths of CA files on the node. */
  readonly caCerts?: readonly string[];
  readonly overridePath?: boolean;
}

/** The path of an upstream's hosts.toml on a node; the folder keeps the port. */
export function hostsTomlPath(upstream: string): string {
  return `/etc/containerd/certs.d/${upstream}/hosts.toml`;
}

/** Writes hosts.toml as gardener-node-agent does; the comment is our own. */
export function renderHostsToml({ server, hosts }: RegistryHosts): string {
  const tables = hosts.map((host) => {
    const lines = [
      `[host.${quote(host.url)}]`,
      `  capabilities = ${list(host.capabilities)}`,
      ...(host.caCerts === undefined || host.caCerts.length === 0 ? [] : [`  ca = ${list(host.caCerts)}`]),
      ...(host.overridePath === true ? ["  override_path = true"] : []),
    ];
    return lines.join("\n");
  });
  return [`# Rendered by kubectl registry-cache.\nserver = ${quote(server)}\n`, ...tables.map((it) => `${it}\n`)].join(
    "\n",
  );
}

function list(values: readonly string[]): string {
  return `[${values.map(quote).join(",")}]`;
}

/** A TOML basic string: JSON's escapes are all TOML's own but the slash, which JSON.stringify never escapes. */
function quote(text: string): string {
  return JSON.stringify(text).replaceAll("\u007f", "\\u007f");
}
