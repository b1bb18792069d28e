import type { PlainValue } from "@registry-cache/core";

/** What kubeconfig files say together, with paths made absolute. */
export interface Kubeconfig {
  readonly currentContext: string;
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly users: ReadonlyMap<string, User>;
  readonly contexts: ReadonlyMap<string, Context>;
}

/** Where an API server is and how to trust it. Empty texts are absent ones. */
export interface Cluster {
  readonly server: string;
  readonly tlsServerName: string;
  readonly insecureSkipTlsVerify: boolean;
  readonly certificateAuthority: string;
  /** In base64. */
  readonly certificateAuthorityData: string;
  readonly proxyUrl: string;
  readonly disableCompression: boolean;
  /** What `extensions` hold for credential plugins. */
  readonly execConfig: PlainValue | undefined;
}

/** How to show who we are. */
export interface User {
  readonly clientCertificate: string;
  readonly clientCertificateData: string;
  readonly clientKey: string;
  readonly clientKeyData: string;
  readonly token: string;
  readonly tokenFile: string;
  readonly username: string;
  readonly password: string;
  readonly impersonation: Impersonation;
  readonly exec: ExecConfig | undefined;
  /** The name of a legacy auth provider, which only kubectl has. */
  readonly authProvider: string;
}

/** Whom to act as. */
export interface Impersonation {
  readonly user: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: ReadonlyMap<string, readonly string[]>;
}

/** A program that prints a credential. */
export interface ExecConfig {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly installHint: string;
  readonly provideClusterInfo: boolean;
  readonly interactiveMode: string;
}

/** A cluster, a user and a namespace under one name. */
export interface Context {
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
}

/** Acts as nobody else. */
export const noImpersonation: Impersonation = { user: "", uid: "", groups: [], extra: new Map() };

/** A cluster about which nothing is said. */
export const noCluster: Cluster = {
  server: "",
  tlsServerName: "",
  insecureSkipTlsVerify: false,
  certificateAuthority: "",
  certificateAuthorityData: "",
  proxyUrl: "",
  disableCompression: false,
  execConfig: undefined,
};

/** A user about whom nothing is said. */
export const noUser: User = {
  clientCertificate: "",
  clientCertificateData: "",
  clientKey: "",
  clientKeyData: "",
  token: "",
  tokenFile: "",
  username: "",
  password: "",
  impersonation: noImpersonation,
  exec: undefined,
  authProvider: "",
};

/** No file, or files that say nothing. */
export const emptyKubeconfig: Kubeconfig = {
  currentContext: "",
  clusters: new Map(),
  users: new Map(),
  contexts: new Map(),
};
