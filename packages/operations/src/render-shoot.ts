import { type Result, redacted, type ShootView, yamlField } from "@registry-cache/core";
import {
  cacheHosts,
  clusterDefaults,
  endpointOf,
  type KubernetesObject,
  mirrorHosts,
  type RegistryHosts,
  type RuntimeCache,
  type RuntimeCode,
  readRuntimeCaches,
  registryImage,
  renderCaches,
  renderCluster,
  renderingCodes,
  renderMonitoring,
  renderShared,
  type ServerCertificate,
} from "@registry-cache/runtime";
import type { Login, OpenShoot } from "./open-shoot.ts";

/** What to render, and with what. */
export interface RenderRequest {
  /** What the extension would do, or the same caches for a cluster without Gardener. */
  readonly profile: "gardener" | "cluster";
  readonly withCredentials: boolean;
  readonly image?: string | undefined;
  /** The addresses of the caches' Services, by upstream; nodes need them. */
  readonly endpoints: ReadonlyMap<string, string>;
  /** The namespace of the Shoot in its seed, where the monitoring objects are to be rendered, too. */
  readonly seedNamespace?: string | undefined;
  readonly namespace?: string | undefined;
  readonly serviceMonitor: boolean;
  /** The server certificates by upstream, and the CA that signed them. */
  readonly certificates: Certificates;
}

/** Certificates that were given, made or left out. */
export interface Certificates {
  readonly authority: string;
  readonly of: (cache: RuntimeCache) => ServerCertificate;
}

/** The runtime of a Shoot's caches. */
export interface RenderedShoot {
  readonly objects: readonly KubernetesObject[];
  /** What each node's containerd is told; the extension's mirrors, too. */
  readonly hosts: readonly RegistryHosts[];
  readonly notes: readonly RenderNote[];
}

/** What a reader of the objects must know, by one of the codes of rendering. */
export interface RenderNote {
  readonly code: string;
  readonly name: string;
  readonly upstream: string;
  readonly message: string;
}

/** Renders the caches of a Shoot: whatever decodes, whatever lint says of the rest. */
export function renderShoot(open: OpenShoot, request: RenderRequest): Result<RenderedShoot, string> {
  const read = readRuntimeCaches(open.shoot);
  if (!read.ok) return read;
  const caches = read.value;
  const logins = new Map(caches.map((it) => [it.upstream, open.loginOf(it.secretReferenceName)]));
  const context = { caches, logins, request, shoot: open.shoot };
  const { objects, notes } = request.profile === "cluster" ? renderForCluster(context) : renderForGardener(context);
  return { ok: true, value: { objects, hosts: hostsOf(context), notes: [...notes, ...endpointNotes(context)] } };
}

interface Context {
  readonly caches: readonly RuntimeCache[];
  readonly logins: ReadonlyMap<string, Login>;
  readonly request: RenderRequest;
  readonly shoot: ShootView;
}

type Rendered = Pick<RenderedShoot, "objects" | "notes">;

function renderForGardener({ caches, logins, request, shoot }: Context): Rendered {
  const rendered = renderCaches(caches, {
    image: request.image ?? registryImage,
    verticalPodAutoscaling: hasVerticalPodAutoscaling(shoot),
    credentialsOf: ({ upstream }) => credentialsOf(logins.get(upstream)),
    certificateOf: request.certificates.of,
    redact: !request.withCredentials,
  });
  const monitoring = request.seedNamespace === undefined ? [] : renderMonitoring(request.seedNamespace);
  const notes = rendered.flatMap(({ cache: { upstream }, mended }) => [
    ...unknownNotes(upstream, logins.get(upstream)),
    ...mended.map((value) => mendedNote(upstream, value)),
  ]);
  return { objects: [...rendered.flatMap((it) => it.objects), ...renderShared(), ...monitoring], notes };
}

function renderForCluster({ caches, logins, request }: Context): Rendered {
  const { namespace = clusterDefaults.namespace, image = clusterDefaults.image } = request;
  const objects = renderCluster(caches, {
    ...clusterDefaults,
    namespace,
    image,
    serviceMonitor: request.serviceMonitor,
    credentialsOf: ({ upstream }) => {
      const login = logins.get(upstream);
      if (login === undefined || login.kind === "none") return undefined;
      if (login.kind === "unknown") return { username: "", password: "" };
      return request.withCredentials ? login.credentials : { username: redacted, password: redacted };
    },
    certificateOf: (cache) => {
      const { certificate, key } = request.certificates.of(cache);
      return { certificate, key: request.withCredentials ? key : redacted };
    },
    certificateAuthority: caches.some((it) => it.tls) ? request.certificates.authority : undefined,
  });
  const notes = caches.flatMap(({ upstream, tls }) => {
    const login = logins.get(upstream);
    if (login?.kind === "unknown")
      return [note(renderingCodes.loginUnknown, upstream, `${login.reason}; the login is left empty, fill it in`)];
    const hidden = [...(login?.kind === "known" ? ["login"] : []), ...(tls ? ["key"] : [])].join(" and ");
    if (hidden === "" || request.withCredentials) return [];
    return [
      note(
        renderingCodes.valuesHidden,
        upstream,
        `the ${hidden} of this cache must not be applied like this; add --with-credentials`,
      ),
    ];
  });
  return { objects, notes };
}

/** spec.kubernetes.verticalPodAutoscaler.enabled */
function hasVerticalPodAutoscaling({ root }: ShootView): boolean {
  const kubernetes = yamlField(yamlField(root, "spec"), "kubernetes");
  const enabled = yamlField(yamlField(kubernetes, "verticalPodAutoscaler"), "enabled");
  return enabled?.type === "scalar" && enabled.value === true;
}

function credentialsOf(login: Login | undefined): { readonly username: string; readonly password: string } | undefined {
  if (login === undefined || login.kind === "none") return undefined;
  return login.kind === "known" ? login.credentials : { username: redacted, password: redacted };
}

function unknownNotes(upstream: string, login: Login | undefined): readonly RenderNote[] {
  if (login?.kind !== "unknown") return [];
  const message = `${login.reason}; the login is ${redacted}, so the Secret's name ends in another hash than the extension's`;
  return [note(renderingCodes.loginUnknown, upstream, message)];
}

function mendedNote(upstream: string, value: string): RenderNote {
  const message = `the extension would write the ${value} so that the registry reads another or none; here it is quoted, so text and hash differ`;
  return note(renderingCodes.loginMended, upstream, message);
}

/** Offline nobody knows the address that a Service will get. */
function hostsOf({ caches, request, shoot }: Context): readonly RegistryHosts[] {
  const forCaches = caches.map((cache) => {
    const endpoint = request.endpoints.get(cache.upstream) ?? endpointOf(cache, `ADDRESS-OF-${cache.names.service}`);
    return cacheHosts(cache, endpoint);
  });
  return [...forCaches, ...(shoot.registryMirror?.mirrors ?? []).map(mirrorHosts)];
}

function endpointNotes({ caches, request }: Context): readonly RenderNote[] {
  // With that profile the nodes find the addresses themselves.
  if (request.profile === "cluster") return [];
  return caches
    .filter((it) => !request.endpoints.has(it.upstream))
    .map(({ upstream, names }) =>
      note(
        renderingCodes.addressUnknown,
        upstream,
        `the address of Service ${names.service} is known in the cluster only; give it by --endpoint`,
      ),
    );
}

function note({ code, name }: RuntimeCode, upstream: string, message: string): RenderNote {
  return { code, name, upstream, message };
}
