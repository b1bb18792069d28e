import type { CancellationToken } from "vscode";
import type { BaseLanguageClient, Location, Position } from "vscode-languageclient";
import type { GardenRequests } from "./garden/garden-protocol.ts";

/** How a link of a chain is: unknown where nothing known tells whether its end exists. */
export type Health = "ok" | "warning" | "error" | "unknown";

/** What was found on a link. */
export interface ChainFinding {
  readonly code: string;
  readonly message: string;
}

/** One link of a chain: what it is called, where it is written if anywhere, and how it is. */
export interface ChainLink {
  readonly label: string;
  readonly place?: Location;
  readonly health: Health;
  /** What is to be said of it, in a few words. */
  readonly note?: string;
  readonly findings: readonly ChainFinding[];
}

/** A Shoot with all that its caches and mirrors refer to. */
export interface ShootChain extends ChainLink {
  readonly namespace?: string;
  readonly uses: readonly UpstreamChain[];
}

/** A cache, or a mirror host, and the entry of spec.resources that it names. */
export interface UpstreamChain extends ChainLink {
  readonly kind: "cache" | "mirror";
  readonly reference?: ReferenceChain;
}

/** An entry of spec.resources, and the Secret that it names. */
export interface ReferenceChain extends ChainLink {
  readonly secret?: ChainLink;
}

/** What a credential is tried for: one cache of a Shoot, or every cache that a Secret is for. */
export type CredentialTarget =
  | { readonly of: "cache"; readonly uri: string; readonly upstream: string; readonly shoot?: string }
  | { readonly of: "secret"; readonly name: string; readonly namespace?: string };

/** A login that a person typed. */
export interface Credential {
  readonly username: string;
  readonly password: string;
}

/** How a test went: in one line, and in full where anything was asked. */
export interface CredentialVerdict {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  readonly details?: string;
}

/** A Shoot of a file, by its name. */
export interface ShootAddress {
  readonly uri: string;
  readonly shoot?: string;
  readonly namespace?: string;
}

/** What a Shoot's runtime is compared with: the last commit, the saved files, or its text from elsewhere. */
export type Since = "HEAD" | "saved" | { readonly name: string; readonly text: string };

/** Ready-made manifests: a name, and files by their path below a folder. */
export interface ReadyMade {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** A Shoot of a rotation, and where it names the Secret. */
export interface PendingShoot {
  readonly name?: string;
  readonly place?: Location;
}

/** A rotation that has begun in the workspace's files and is not at its end. */
export interface PendingRotation {
  readonly namespace?: string;
  readonly from: string;
  readonly to: string;
  readonly next: "fill-in" | "switch" | "finish";
  readonly switched: readonly PendingShoot[];
  readonly left: readonly PendingShoot[];
  readonly fromPlace?: Location;
  readonly toPlace?: Location;
  readonly emptyValue?: Location;
  /** What the server resolves to the changes of the next step. */
  readonly action?: object;
}

/** A Secret that caches of the workspace log in with. */
export interface UsedCredential {
  readonly name: string;
  readonly namespace?: string;
  readonly form: string;
  readonly upstreams: readonly string[];
  readonly shootCount: number;
}

/** What names a Secret. */
export interface SecretName {
  readonly name: string;
  readonly namespace?: string;
}

/** What an ExternalSecret names in its store. */
export interface RemoteKey {
  readonly key: string;
  readonly version?: string;
}

/** Where the values of a new Secret come from: from a person, or from the store of an ExternalSecret. */
export interface NewSecretValues {
  readonly credential?: Credential;
  readonly remote?: {
    /** `OLD=NEW` for each key that is another one. */
    readonly keys: readonly string[];
    readonly version?: string;
    readonly unchanged: boolean;
  };
}

/** What a rotation changes, without any value of a Secret. */
export interface RotationPlan {
  readonly from: string;
  readonly to: string;
  readonly shootCount: number;
  readonly notes: readonly string[];
  readonly changes: readonly { readonly uri: string; readonly before: string; readonly after: string }[];
}

/** The requests of our own, by name: what they are given, and what they answer. */
export interface OwnRequests extends GardenRequests {
  /** All Shoots of the workspace with their chains. */
  readonly "registryCache/chains": { readonly given: undefined; readonly answer: readonly ShootChain[] };
  /** A drawing of the chains: of one file, or of the workspace. */
  readonly "registryCache/graph": {
    readonly given: { readonly uri?: string; readonly format: "svg" };
    readonly answer: string;
  };
  /** Tries what a cache logs in with, or a credential that is to take its place. */
  readonly "registryCache/testCredential": {
    readonly given: { readonly target: CredentialTarget; readonly credential?: Credential };
    readonly answer: CredentialVerdict;
  };
  /** The rotations that are pending. */
  readonly "registryCache/rotations": { readonly given: undefined; readonly answer: readonly PendingRotation[] };
  /** The Secrets that caches log in with. */
  readonly "registryCache/credentials": { readonly given: undefined; readonly answer: readonly UsedCredential[] };
  /** The username in the manifest of a Secret. */
  readonly "registryCache/oldUsername": { readonly given: SecretName; readonly answer: { readonly username?: string } };
  /** What the ExternalSecret of a Secret names in its store. */
  readonly "registryCache/remoteKeys": { readonly given: SecretName; readonly answer: readonly RemoteKey[] };
  /** What `rotate -f` would change; without values only whether it can be done. */
  readonly "registryCache/planRotation": {
    readonly given: SecretName & NewSecretValues;
    readonly answer: RotationPlan;
  };
  /** Changes it, provided that it still leads to the same Secret; the answer is the files that were written. */
  readonly "registryCache/carryOutRotation": {
    readonly given: SecretName & NewSecretValues & { readonly to: string; readonly certificate?: string };
    readonly answer: readonly string[];
  };
  /** The Shoot with caches at a place. */
  readonly "registryCache/shootAt": {
    readonly given: { readonly textDocument: { readonly uri: string }; readonly position: Position };
    readonly answer: Omit<ShootAddress, "uri"> | null;
  };
  /** What Gardener would run for a Shoot, without secrets. */
  readonly "registryCache/runtime": { readonly given: ShootAddress; readonly answer: { readonly text: string } };
  /** The same before and after a change; the text after begins with what the change does, in words. */
  readonly "registryCache/runtimeChanges": {
    readonly given: ShootAddress & { readonly since: Since };
    readonly answer: { readonly before: string; readonly after: string };
  };
  /** The ready-made manifests of a cache for clusters without Gardener. */
  readonly "registryCache/readyMade": { readonly given: undefined; readonly answer: readonly ReadyMade[] };
}

/** Asks the server something of our own. */
export function ask<N extends keyof OwnRequests>(
  client: BaseLanguageClient,
  name: N,
  given: OwnRequests[N]["given"],
  token?: CancellationToken,
): Promise<OwnRequests[N]["answer"]> {
  return client.sendRequest(name, given, token);
}
