import type { Clock } from "../api-server/clock.ts";
import type { ApiHandler, Authorizer } from "../api-server/exchange.ts";
import type { Fields } from "../api-server/object.ts";
import type { ResourceDefinition } from "../api-server/resource.ts";
import type { Store } from "../api-server/store.ts";

/** What the simulator needs from where it runs. */
export interface GardenerHost {
  /** Keeps Shoots, Projects, bindings; also gives `secrets`, `configmaps` and `namespaces`, which may live elsewhere. */
  readonly store: Store;
  readonly clock: Clock;
  /** Admission asks it whether the user may `get` a referenced object. */
  readonly authorize: Authorizer;
}

/** How a reconcile of a Shoot goes. */
export interface ReconcilePlan {
  /** How long it takes. */
  readonly milliseconds: number;
  /** What it ends in; "hang" never ends. An Error is tried again after a minute, a Failed is not. */
  readonly outcome: "Succeeded" | "Error" | "Failed" | "hang";
  readonly description?: string;
}

/** What an operator has set for the whole garden or its seed. */
export interface GardenSettings {
  /** The seed's emergency stop: no reconcile starts. */
  readonly emergencyStop: boolean;
  /** The operator confines unconfined Shoots to their window, too. */
  readonly reconcileInMaintenanceOnly: boolean;
  /** The ignore annotation counts outside of namespace `garden`, too. */
  readonly respectSyncPeriodOverwrite: boolean;
}

/** A Gardener as its users meet it: the Shoot API with its rules, and the controllers behind it, on a clock that tests can move. */
export interface GardenerSimulator {
  /** Answers all below `/apis/core.gardener.cloud`, `/apis/security.gardener.cloud`. For hosts that serve nothing else. */
  readonly handler: ApiHandler;
  /** The same for a server that serves more. */
  readonly resources: readonly ResourceDefinition[];
  /** Resolves when the controllers have nothing left to do at this moment of the clock. */
  settle(): Promise<void>;
  /** Moves a virtual clock, letting the controllers work at each moment on the way. */
  readonly advance: (milliseconds: number) => Promise<void>;
  /** How the next reconciles of a Shoot go, the last of them for ever. */
  plan(shoot: { readonly namespace: string; readonly name: string }, ...plans: readonly ReconcilePlan[]): void;
  /** The spec that the last successful run of an awake Shoot was made from: what its cache works with. */
  applied(shoot: { readonly namespace: string; readonly name: string }): Fields | undefined;
  /** Changes what the operator has set. */
  configure(settings: Partial<GardenSettings>): void;
  /** Ends the controllers. */
  stop(): void;
}
