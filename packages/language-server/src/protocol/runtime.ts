import type * as core from "@registry-cache/core";
import type * as operations from "@registry-cache/operations";
import type { Position } from "vscode-languageserver-protocol";
import type { Credential } from "./rotations.ts";
import type { Exchange } from "./wire.ts";

/** What a credential is tried for: one cache of a Shoot, or every cache that a Secret is for. */
export type CredentialTarget = core.CredentialTarget;

/** How a test went: in one line, and in full where anything was asked. */
export type CredentialVerdict = operations.CredentialVerdict;

/** A Shoot of a file, by its name. */
export interface ShootAddress {
  readonly uri: string;
  readonly shoot?: string | undefined;
  readonly namespace?: string | undefined;
}

/** What a Shoot's runtime is compared with: the last commit, the saved files, or its text from elsewhere. */
export type Since = "HEAD" | "saved" | { readonly name: string; readonly text: string };

/** Ready-made manifests: a name, and files by their path below a folder. */
export type ReadyMade = ReturnType<typeof operations.readyMadeFiles>[number];

/** The request that tries a credential. */
export interface CredentialRequests {
  /** Tries what a cache logs in with, or a credential that is to take its place. */
  readonly "registryCache/testCredential": Exchange<
    { readonly target: CredentialTarget; readonly credential?: Credential },
    CredentialVerdict
  >;
}

/** The requests about what runs for a Shoot. */
export interface RuntimeRequests {
  /** The Shoot with caches at a place. */
  readonly "registryCache/shootAt": Exchange<
    { readonly textDocument: { readonly uri: string }; readonly position: Position },
    Omit<ShootAddress, "uri"> | null
  >;
  /** What Gardener would run for a Shoot, without secrets. */
  readonly "registryCache/runtime": Exchange<ShootAddress, { readonly text: string }>;
  /** The same before and after a change; the text after begins with what the change does, in words. */
  readonly "registryCache/runtimeChanges": Exchange<ShootAddress & { readonly since: Since }, operations.ChangePreview>;
  /** The ready-made manifests of a cache for clusters without Gardener. */
  readonly "registryCache/readyMade": Exchange<undefined, readonly ReadyMade[]>;
}
