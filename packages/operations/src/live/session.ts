import {
  type ConnectionFlags,
  type ConnectOptions,
  connectGarden,
  type Environment,
  errorLine,
  type GardenClient,
  type GardenctlTarget,
  GardenError,
  isGardenError,
  type ObjectRef,
  openSchemaStore,
  readGardenctlTarget,
  resources,
  type SchemaStore,
} from "@registry-cache/garden";
import type { ScopeRequest } from "./scope.ts";

/** How to reach a garden. */
export interface SessionOptions {
  readonly flags: ConnectionFlags;
  readonly env: Environment;
  /** In milliseconds; 0 waits for ever. */
  readonly requestTimeout: number;
  /** Every project that one may see. */
  readonly all: boolean;
  readonly projects: readonly string[];
  readonly userAgent: string;
  /** Gets each warning of the server once. */
  readonly onWarning: (text: string) => void;
  /** False where no program may be started to log in. */
  readonly allowPlugins?: boolean;
  /** Gets what credential plugins print for people; without it they share our standard error. */
  readonly onPluginMessage?: (text: string) => void;
  /** Hears after each try of a request why the server gave no answer, and of nothing where it gave any: what is tried again may fail for long. */
  readonly onReach?: (lost: GardenError | undefined) => void;
}

/** A garden to ask, and where in it when nobody says otherwise. */
export interface GardenSession {
  readonly client: GardenClient;
  readonly scope: ScopeRequest;
  /** The Shoot that gardenctl targets, where no flag says where to look. */
  readonly shoot: string | undefined;
  /** Where schemas of gardens are kept. */
  readonly schemas: SchemaStore;
}

/**
 * Opens a garden as kubectl would. gardenctl's target stands in for what no flag says: its garden where no flag names a
 * cluster, its project and Shoot where no flag names a namespace. Throws a `GardenError`.
 */
export function openSession(options: SessionOptions): GardenSession {
  const { flags, env, all, projects } = options;
  const { kubeconfig, context, cluster, server } = flags;
  const elsewhere = [kubeconfig, context, cluster, server].some((it) => it !== undefined && it !== "");
  const target = elsewhere ? undefined : readGardenctlTarget(env);
  if (target !== undefined && target.kubeconfig === undefined) throw unknownGarden(target);
  const access = target?.kubeconfig === undefined ? {} : { kubeconfig: target.kubeconfig, ...contextOf(target) };
  const client = connectGarden({ ...connectionOf(options), flags: { ...flags, ...access } });
  const chosen = all || projects.length > 0 || (flags.namespace ?? "") !== "";
  const project = chosen ? undefined : target?.project;
  return {
    client: chosen || target === undefined ? client : namingTarget(client, target),
    scope: { all, projects: project === undefined ? projects : [project] },
    shoot: chosen ? undefined : target?.shoot,
    schemas: openSchemaStore(env),
  };
}

/** Who typed no name learns where the one comes from that the garden does not have, or does not show. */
function namingTarget(client: GardenClient, { project, shoot }: GardenctlTarget): GardenClient {
  const isTarget = ({ resource, name }: ObjectRef): boolean =>
    resource === resources.projects ? name === project : resource === resources.shoots && name === shoot;
  return {
    ...client,
    async get(ref, options) {
      try {
        return await client.get(ref, options);
      } catch (error) {
        if (!isGardenError(error) || !["not-found", "forbidden"].includes(error.kind) || !isTarget(ref)) throw error;
        const hint = "it is what gardenctl targets: choose another target, or say where to look by -n or --project";
        throw new GardenError(error.kind, `${error.message}; ${hint}`, error.details);
      }
    },
  };
}

/** Its project and Shoot in another garden, which the kubeconfig happens to name, would be others of the same names. */
function unknownGarden({ garden }: { readonly garden: string }): GardenError {
  const message = `gardenctl targets garden "${garden}", which its configuration does not name; say which garden by --context or --kubeconfig`;
  return new GardenError("config", message);
}

/** What of the options is for the client alone. */
function connectionOf({ flags, all, projects, ...connection }: SessionOptions): Omit<ConnectOptions, "flags"> {
  return connection;
}

function contextOf({ context }: { readonly context?: string }): { readonly context?: string } {
  return context === undefined ? {} : { context };
}

/** The line that kubectl would print for an error of a garden; undefined for any other error. */
export function gardenErrorLine(error: unknown): string | undefined {
  return isGardenError(error) ? errorLine(error) : undefined;
}

/** Troubles that pass by themselves. All others wait for somebody to do something. */
const passing: ReadonlySet<string> = new Set(["network", "refused", "timeout", "throttled", "server", "expired"]);

/** What went wrong with a garden, for somebody who goes on; undefined for an error that is none of a garden. */
export function gardenTrouble(error: unknown): { readonly line: string; readonly passes: boolean } | undefined {
  return isGardenError(error) ? { line: errorLine(error), passes: passing.has(error.kind) } : undefined;
}
