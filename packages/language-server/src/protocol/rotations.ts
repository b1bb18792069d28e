import type * as core from "@registry-cache/core";
import type { RotationPreview } from "@registry-cache/operations";
import type { Exchange, Wire } from "./wire.ts";

/** A login that a person typed. */
export interface Credential {
  readonly username: string;
  readonly password: string;
}

/** What names a Secret. */
export interface SecretName {
  readonly name: string;
  readonly namespace?: string;
}

/** A Shoot of a rotation, and where it names the Secret. */
export type PendingShoot = Pick<Wire<core.PendingShoot>, "name" | "place">;

/** A rotation that has begun in the workspace's files and is not at its end. */
export interface PendingRotation extends Omit<Wire<core.PendingRotation>, "stage" | "switched" | "left"> {
  readonly switched: readonly PendingShoot[];
  readonly left: readonly PendingShoot[];
  /** What `codeAction/resolve` is to be asked for the next step; absent where a person has to write. */
  readonly action?: object;
}

/** A Secret that caches of the workspace log in with. */
export type UsedCredential = core.UsedCredential;

/** What a rotation changes, without any value of a Secret. */
export type RotationPlan = RotationPreview;

/** The requests about rotations in the workspace's files. */
export interface RotationRequests {
  /** The rotations that are pending. */
  readonly "registryCache/rotations": Exchange<undefined, readonly PendingRotation[]>;
  /** The Secrets that caches log in with. */
  readonly "registryCache/credentials": Exchange<undefined, readonly UsedCredential[]>;
}

/** What an ExternalSecret names in its store. */
export interface RemoteKey {
  readonly key: string;
  readonly version?: string | undefined;
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

type Rotation = SecretName & NewSecretValues;

/** Those that write files, or tell what is in one. */
export interface RotateRequests {
  /** The username in the manifest of a Secret. */
  readonly "registryCache/oldUsername": Exchange<SecretName, { readonly username?: string | undefined }>;
  /** What the ExternalSecret of a Secret names in its store. */
  readonly "registryCache/remoteKeys": Exchange<SecretName, readonly RemoteKey[]>;
  /** What `rotate -f` would change; without values only whether it can be done. */
  readonly "registryCache/planRotation": Exchange<Rotation, RotationPlan>;
  /** Changes it, provided that it still leads to the same Secret; the answer is the files that were written. */
  readonly "registryCache/carryOutRotation": Exchange<
    Rotation & { readonly to: string; readonly certificate?: string },
    readonly string[]
  >;
}
