import type { ChainRequests } from "./chains.ts";
import type { GardenLogin, GardenRequests, GardenState } from "./garden.ts";
import type { GardenRotationEvent, GardenRotationRequests } from "./garden-rotations.ts";
import type { RotateRequests, RotationRequests } from "./rotations.ts";
import type { CredentialRequests, RuntimeRequests } from "./runtime.ts";
import type { Exchange } from "./wire.ts";

/** What every server of ours is asked beside LSP, by name. */
export interface CommonRequests extends ChainRequests, RotationRequests {
  /** The page of a rule in Markdown. */
  readonly "registryCache/rulePage": Exchange<{ readonly code: string }, string>;
}

/** What only a server on a desktop is asked. */
export interface DesktopRequests
  extends CredentialRequests,
    RuntimeRequests,
    RotateRequests,
    GardenRequests,
    GardenRotationRequests {}

/** All requests of our own. */
export interface OwnRequests extends CommonRequests, DesktopRequests {}

/** What the server tells, by name. */
export interface OwnNotifications {
  /** Chains may be others now. For a client that asked for it. */
  readonly "registryCache/chainsChanged": undefined;
  readonly "registryCache/gardenChanged": GardenState;
  readonly "registryCache/garden/login": GardenLogin;
  readonly "registryCache/garden/rotating": GardenRotationEvent;
}

/** What a server without a disk asks its client. */
export interface ClientRequests {
  /** The URIs of the manifests and settings files of a folder and all below. */
  readonly "registryCache/listFiles": Exchange<{ readonly folder: string }, readonly string[]>;
  /** The text of a file; null where there is none. */
  readonly "registryCache/readFile": Exchange<{ readonly uri: string }, string | null>;
}

/** The initializationOptions: what a client says beside LSP. All may be left out. */
export interface StartOptions {
  /** The user trusts the folders. Without it no process is ever started, and nothing is asked over a network. */
  readonly trusted?: boolean;
  /** Git may be asked about folders that are trusted; true unless the client says otherwise. */
  readonly git?: boolean;
  /** The commands of the client that actions and lenses may call. */
  readonly commands?: readonly string[];
  /** The client opens `registry-cache:/rules/RC201.md` by asking for `registryCache/rulePage`. */
  readonly rulePages?: boolean;
  /** The client wants `registryCache/chainsChanged`. */
  readonly chains?: boolean;
  /** The pulled schema that Shoots are held to: a context whose garden it is of, or a file. Empty for that of the garden that is connected. */
  readonly gardenSchema?: string;
  /** Where that context is looked for, in place of kubectl's own kubeconfig. */
  readonly kubeconfig?: string;
}
