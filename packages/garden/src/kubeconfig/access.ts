import type { Cluster, Impersonation, User } from "./kubeconfig.ts";

/** The flags that say where the garden is and who asks; names and precedence are kubectl's. Empty texts are absent flags. */
export interface ConnectionFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly cluster?: string;
  readonly user?: string;
  readonly namespace?: string;
  readonly server?: string;
  readonly token?: string;
  readonly username?: string;
  readonly password?: string;
  readonly certificateAuthority?: string;
  readonly clientCertificate?: string;
  readonly clientKey?: string;
  readonly insecureSkipTlsVerify?: boolean;
  readonly tlsServerName?: string;
  readonly as?: string;
  readonly asUid?: string;
  readonly asGroups?: readonly string[];
  readonly asUserExtra?: ReadonlyMap<string, readonly string[]>;
  readonly disableCompression?: boolean;
}

/** All that is needed to ask one API server: what files and flags come to. */
export interface Access {
  /** Empty where a server was given by flags alone. */
  readonly contextName: string;
  readonly clusterName: string;
  readonly userName: string;
  readonly namespace: string;
  /** Whether the namespace was chosen by a flag or a context, or is kubectl's `default`. */
  readonly namespaceChosen: boolean;
  readonly server: URL;
  readonly cluster: Cluster;
  /** The bundle of the authorities to trust, in PEM; undefined for those of the system. */
  readonly authorities: string | undefined;
  readonly user: User;
  readonly impersonation: Impersonation;
}
