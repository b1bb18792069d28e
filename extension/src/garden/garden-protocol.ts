/** A context of a kubeconfig, as a person chooses it. */
export interface GardenContext {
  readonly name: string;
  /** kubectl uses it when none is named. */
  readonly current: boolean;
  readonly server: string;
  readonly namespace: string;
  /** The program that is started to log in. */
  readonly program?: string;
}

/** A project of a garden, and the namespace of its Shoots and Secrets. */
export interface GardenProject {
  readonly project: string;
  readonly namespace: string;
}

/** The garden that a person chose. */
export interface GardenTarget {
  readonly kubeconfig?: string;
  readonly context: string;
  readonly namespace?: string;
  /** Every project that one may see. */
  readonly all?: boolean;
  /** Nobody waits for it: a garden that cannot be reached is tried again. */
  readonly patient?: boolean;
}

/** How it stands with the garden. */
export type GardenPhase = "disconnected" | "connecting" | "connected" | "offline" | "no-access";

/** What the server tells of the garden. */
export interface GardenState {
  readonly phase: GardenPhase;
  readonly context?: string;
  readonly server?: string;
  /** The namespace whose Shoots are shown; absent for all. */
  readonly namespace?: string;
  readonly message?: string;
  readonly unseen?: readonly string[];
}

/** What a program that logs in says to people. */
export interface GardenLogin {
  readonly message: string;
}

/** What the garden has behind a reference. */
export interface GardenSecret {
  readonly name: string;
  readonly state: "present" | "terminating" | "missing" | "forbidden";
  /** When it was made, as the garden writes it. */
  readonly created?: string;
}

/** What was found on a chain of the garden. */
export interface GardenFinding {
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
}

/** A cache of a Shoot of the garden, or a mirror host, with its chain. */
export interface GardenCache {
  readonly kind: "cache" | "mirror";
  readonly upstream: string;
  readonly reference?: string;
  readonly secret?: GardenSecret;
  /** Whether the Shoot's spec is rolled out; `stuck` where nothing happens before somebody does something, or for long. */
  readonly rollOut: { readonly done: boolean; readonly stuck?: boolean };
  /** Why it is not rolled out, in words. */
  readonly reason?: string;
  readonly findings: readonly GardenFinding[];
}

/** A Shoot of the garden with all its caches. */
export interface GardenShoot {
  readonly namespace: string;
  readonly name: string;
  readonly caches: readonly GardenCache[];
}

/** The Shoots of the garden that have caches. */
export interface GardenShoots {
  readonly shoots: readonly GardenShoot[];
  /** How many there are, those without caches too. */
  readonly total: number;
  /** They are as they were before the garden was lost. */
  readonly stale: boolean;
}

/** A Secret of the garden. */
export interface GardenSecretName {
  readonly name: string;
  readonly namespace: string;
}

/** What a rotation would do, and what stands against it. */
export interface GardenRotationPlan {
  readonly from: string;
  readonly to: string;
  /** The Shoots that are to be switched, and what uses the Secret there, such as `cache quay.io`. */
  readonly shoots: readonly { readonly name: string; readonly users: readonly string[] }[];
  /** Whether rolled-out Shoots are looked into: their caches must run with the new Secret. */
  readonly looks: boolean;
  readonly notes: readonly string[];
  readonly blockers: readonly string[];
}

/** An order to rotate, or to go on with what was begun. */
export interface GardenRotationOrder extends GardenSecretName {
  readonly aim: "rotate" | "finish" | "rollback";
  /** Without a username the old one is kept. */
  readonly credential?: { readonly username?: string; readonly password: string };
  readonly skipProbe?: boolean;
  readonly triggerReconcile?: boolean;
}

/** How it ended. refused: an upstream does not take the credential, and nothing was changed. */
export interface GardenRotationEnd {
  readonly end: "done" | "paused" | "blocked" | "timeout" | "interrupted" | "failed" | "refused";
  readonly from: string;
  readonly to?: string;
  readonly shoots: number;
  readonly open: readonly string[];
  readonly blockers: readonly string[];
  readonly problem?: string;
}

/** A rotation that has begun and is not at its end. */
export interface GardenRotation {
  readonly namespace: string;
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly next: "switch" | "wait" | "finish" | "roll-back";
  readonly shoots: readonly {
    readonly name: string;
    readonly stage: "old" | "leaving" | "switched";
    readonly state: string;
  }[];
}

/** What happens in a rotation, as far as it is shown. */
export interface GardenRotationEvent {
  readonly event: string;
  readonly secret: string;
  readonly shoot?: string;
  readonly why?: string;
  readonly problem?: string;
}

/** The requests about a garden, by name: what they are given, and what they answer. */
export interface GardenRequests {
  /** The contexts of a kubeconfig; nobody is asked over a network. */
  readonly "registryCache/garden/contexts": {
    readonly given: { readonly kubeconfig?: string };
    readonly answer: readonly GardenContext[];
  };
  /** The projects that one may see. */
  readonly "registryCache/garden/projects": {
    readonly given: GardenTarget;
    readonly answer: readonly GardenProject[];
  };
  readonly "registryCache/garden/connect": { readonly given: GardenTarget; readonly answer: GardenState };
  readonly "registryCache/garden/disconnect": { readonly given: undefined; readonly answer: null };
  /** Looks anew at once. */
  readonly "registryCache/garden/refresh": { readonly given: undefined; readonly answer: null };
  readonly "registryCache/garden/shoots": { readonly given: undefined; readonly answer: GardenShoots };
  /** A Shoot as YAML. */
  readonly "registryCache/garden/shoot": {
    readonly given: { readonly namespace: string; readonly name: string };
    readonly answer: string;
  };
  /** The rotations that are pending. */
  readonly "registryCache/garden/rotations": { readonly given: undefined; readonly answer: readonly GardenRotation[] };
  /** Looks at everything that a rotation depends on, and changes nothing. */
  readonly "registryCache/garden/planRotation": {
    readonly given: GardenSecretName;
    readonly answer: GardenRotationPlan;
  };
  /** Rotates, finishes or takes back; cancelling ends it in a state that can be gone on with. */
  readonly "registryCache/garden/carryOutRotation": {
    readonly given: GardenRotationOrder;
    readonly answer: GardenRotationEnd;
  };
}
