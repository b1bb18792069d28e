import type { ChainFinding, ShootChain, UpstreamChain } from "../workspace/chain.ts";
import { readRollOutState } from "../workspace/roll-out-state.ts";
import { listAt, textAt, valueAt } from "./json-value.ts";
import { type LiveRollOut, liveRollOut } from "./live-roll-out.ts";
import { effectiveWindow, type Stretch } from "./maintenance-window.ts";
import { obstacleTexts } from "./usage.ts";
import { readWriteTimes } from "./write-times.ts";

/** What the garden has behind a reference. `forbidden`: we may not look. */
export type SeenSecret =
  | { readonly state: "missing" | "forbidden" }
  | { readonly state: "present" | "terminating"; readonly created: string };

/** One cache, or one mirror host, with all links of its chain. */
export interface CacheStatus {
  readonly namespace: string;
  readonly shoot: string;
  readonly kind: "cache" | "mirror";
  readonly upstream: string;
  /** The entry of spec.resources; absent for a cache without credentials. */
  readonly reference?: string;
  /** The Secret that the entry names; absent where the entry names none. */
  readonly secret?: { readonly name: string; readonly version?: string } & SeenSecret;
  readonly rollOut: LiveRollOut;
  /** Why it is not rolled out, in words. */
  readonly reason?: string;
  /** Changes wait for the maintenance window: when the next one opens, or until when this one is open, in milliseconds. */
  readonly window?: Stretch;
  readonly findings: readonly ChainFinding[];
}

/** What is known beside a Shoot. */
export interface StatusContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly secretOf: (name: string) => SeenSecret;
}

/** The states of all caches and mirrors of a Shoot, from its JSON and its chain. */
export function cacheStatuses(shoot: unknown, { uses }: ShootChain, context: StatusContext): readonly CacheStatus[] {
  const rollOut = liveRollOut(readRollOutState(shoot), readWriteTimes(shoot));
  const window = rollOut.done ? undefined : confinedWindow(shoot, context.now);
  const common = {
    namespace: textAt(shoot, "metadata", "namespace"),
    shoot: textAt(shoot, "metadata", "name"),
    rollOut,
    ...(rollOut.done ? {} : { reason: obstacleTexts[rollOut.why] }),
    ...(window === undefined ? {} : { window }),
  };
  return uses.map((use) => ({ ...common, ...describeUse(use, context) }));
}

/** The Secrets that the caches and mirrors of a Shoot name. */
export function secretsOf(shoot: unknown): readonly string[] {
  const entries = listAt(shoot, "spec", "resources").filter((it) => textAt(it, "resourceRef", "kind") === "Secret");
  return [...new Set(entries.map((it) => textAt(it, "resourceRef", "name")).filter((it) => it !== ""))];
}

function describeUse(
  use: UpstreamChain,
  { secretOf }: StatusContext,
): Pick<CacheStatus, "kind" | "upstream" | "reference" | "secret" | "findings"> {
  const { kind, label: upstream, reference } = use;
  const secret = reference?.secret;
  const version = secret && versionOf(secret.label);
  return {
    kind,
    upstream,
    ...(reference === undefined ? {} : { reference: reference.label }),
    ...(secret === undefined
      ? {}
      : { secret: { name: secret.label, ...(version === undefined ? {} : { version }), ...secretOf(secret.label) } }),
    findings: [...use.findings, ...(reference?.findings ?? []), ...(secret?.findings ?? [])],
  };
}

/** The version that the end of a name tells, such as `v2` of `quay-v2`. */
function versionOf(name: string): string | undefined {
  return /[-.]((?:v?\d+|20\d\d[-.]?\d\d[-.]?\d\d(?:-v\d+)?))$/.exec(name)?.[1];
}

function confinedWindow(shoot: unknown, now: number): Stretch | undefined {
  const maintenance = valueAt(shoot, "spec", "maintenance");
  if (valueAt(maintenance, "confineSpecUpdateRollout") !== true) return undefined;
  const time = (field: string): string => textAt(maintenance, "timeWindow", field);
  return effectiveWindow(time("begin"), time("end"), now);
}
