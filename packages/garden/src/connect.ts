import { askAccess, askKubeconfig, askRules, findOpenApi } from "./access-calls.ts";
import { chooseCredential } from "./credentials/choose-credential.ts";
import { createExecCache, type ExecCache } from "./credentials/exec-cache.ts";
import type { GardenClient } from "./garden-client.ts";
import { GardenError } from "./garden-error.ts";
import type { Access, ConnectionFlags } from "./kubeconfig/access.ts";
import { FieldProblem } from "./kubeconfig/fields.ts";
import type { Kubeconfig } from "./kubeconfig/kubeconfig.ts";
import { type Environment, loadKubeconfig } from "./kubeconfig/load-kubeconfig.ts";
import { readKubeconfig } from "./kubeconfig/read-kubeconfig.ts";
import { resolveAccess } from "./kubeconfig/resolve-access.ts";
import { keepFields } from "./lists/keep.ts";
import { asItIs, listAll, listPages } from "./lists/list-pages.ts";
import { applyObject, createObject, deleteObject, getObject, patchObject } from "./object-calls.ts";
import { type Pace, realPace } from "./requests/pace.ts";
import { createRequester, type Requester } from "./requests/requester.ts";
import { onceEach } from "./requests/warnings.ts";
import { asObject } from "./resource.ts";
import { getText } from "./text-calls.ts";
import { isLoopback, proxyFor } from "./transport/proxy.ts";
import { createWire, type Wire } from "./transport/wire.ts";
import { follow } from "./watch/follow.ts";

/** How to reach a garden. Flags count before the environment, and that before files. */
export interface ConnectOptions {
  readonly flags?: ConnectionFlags;
  /** The text of a kubeconfig, instead of files. Relative paths in it lead nowhere. */
  readonly kubeconfigText?: string;
  /** The process's own, unless told. */
  readonly env?: Environment;
  /** In milliseconds, for each request and each credential plugin; 0, which is kubectl's default, waits for ever. */
  readonly requestTimeout?: number;
  /** What to call ourselves. */
  readonly userAgent?: string;
  /** Gets each warning of the server once. */
  readonly onWarning?: (text: string) => void;
  /** Hears after each try of a request why the server gave no answer, and of nothing where it gave any: what is tried again may fail for long. */
  readonly onReach?: (lost: GardenError | undefined) => void;
  /** False where no program may be started, as in an untrusted workspace. */
  readonly allowPlugins?: boolean;
  /** Whether a person sits at the standard input. */
  readonly terminal?: boolean;
  /** Gets what credential plugins print for people; without it they share our standard error. */
  readonly onPluginMessage?: (text: string) => void;
  /** What exec plugins have printed; shared by all clients of the process, unless told. */
  readonly execCache?: ExecCache;
  /** Where a pod finds its service account. */
  readonly serviceAccountFolder?: string;
  /** Time and chance, for tests. */
  readonly pace?: Pace;
}

const processCache: ExecCache = createExecCache();

/** Finds out where the garden is and who we are. Nothing is sent yet. Throws a `GardenError` where kubeconfig and flags do not fit. */
export function connectGarden(options: ConnectOptions = {}): GardenClient {
  const { flags = {}, env = process.env } = options;
  const access = resolveAccess(configOf(options, env), flags, env, options.serviceAccountFolder);
  const { server, cluster } = access;
  const trust = {
    authorities: access.authorities,
    serverName: cluster.tlsServerName,
    insecure: cluster.insecureSkipTlsVerify,
  };
  const wire = createWire({ server, trust, proxy: proxyFor(server, cluster.proxyUrl, env) });
  return clientOf(access, wire, requesterOf(access, wire, options, env));
}

function configOf({ flags = {}, kubeconfigText }: ConnectOptions, env: Environment): Kubeconfig {
  if (kubeconfigText === undefined) return loadKubeconfig(flags.kubeconfig, env);
  try {
    return readKubeconfig(kubeconfigText, "/");
  } catch (error) {
    if (!(error instanceof FieldProblem)) throw error;
    throw new GardenError("config", `error loading the kubeconfig: ${error.message}`);
  }
}

function requesterOf(access: Access, wire: Wire, options: ConnectOptions, env: Environment): Requester {
  const { server, impersonation, cluster } = access;
  const host = {
    env,
    terminal: options.terminal ?? process.stdin.isTTY === true,
    allowed: options.allowPlugins ?? true,
    ...(options.onPluginMessage && { onMessage: options.onPluginMessage }),
  };
  return createRequester({
    server,
    wire,
    credentials: chooseCredential(access, host, options.execCache ?? processCache),
    headers: {
      userAgent: options.userAgent ?? "kubectl-registry-cache",
      impersonation,
      // On the machine itself packing costs more than it saves.
      compressed: !cluster.disableCompression && !isLoopback(server.hostname.replace(/^\[|\]$/g, "")),
    },
    pace: options.pace ?? realPace,
    requestTimeout: options.requestTimeout ?? 0,
    onWarnings: onceEach(options.onWarning ?? (() => undefined)),
    onReach: options.onReach,
  });
}

function clientOf(access: Access, wire: Wire, requester: Requester): GardenClient {
  const { server, contextName, namespace, namespaceChosen } = access;
  return {
    server,
    contextName,
    namespace,
    namespaceChosen,
    async get(ref, { keep, metadataOnly = false, signal } = {}) {
      const object = await getObject(requester, ref, metadataOnly, signal);
      return (keep && asObject(keepFields(object, { metadata: {}, ...keep }))) ?? object;
    },
    pages: (query, { signal } = {}) => listPages(requester, { query, reduce: asItIs }, signal),
    reducedPages: (query, reduce, { signal } = {}) => listPages(requester, { query, reduce }, signal),
    list: (query, { signal } = {}) => listAll(requester, query, signal),
    follow: (query, signal) => follow(requester, query, signal),
    create: (resource, object, options = {}) => createObject(requester, resource, object, options),
    patch: (ref, steps, options = {}) => patchObject(requester, ref, steps, options),
    apply: (resource, object, options = {}) => applyObject(requester, resource, object, options),
    delete: (ref, options = {}) => deleteObject(requester, ref, options),
    text: (path, { signal } = {}) => getText(requester, path, signal),
    canI: (question, options = {}) => askAccess(requester, question, options),
    rules: (name, options = {}) => askRules(requester, name, options),
    openApi: (groupVersion, options = {}) => findOpenApi(requester, groupVersion, options),
    shootKubeconfig: (shoot, kind, seconds, options = {}) =>
      askKubeconfig(requester, shoot, { kind, seconds }, options),
    close: () => wire.close(),
  };
}
