import { defaultRemoteUrl } from "../formats/upstream-names.ts";
import type { Located } from "../manifest/located.ts";
import type { MirrorHost } from "../manifest/mirror-config.ts";
import type { Cache } from "../manifest/registry-config.ts";
import type { Extension, ResourceEntry, Shoot } from "../manifest/shoot.ts";
import { flat } from "../text/flat.ts";
import type { Span } from "../text/span.ts";
import { effectiveTtl, type LiveValue, type LiveValues, type PreviousShoot, summarizePrevious } from "./previous.ts";

/** One thing that a Shoot says on the way from its caches to their Secrets, after defaulting. */
export interface ChainValue extends LiveValue {
  /** What it is said of, such as `cache "quay.io"`. */
  readonly subject: string;
  /** Empty for the subject itself. */
  readonly field: string;
  readonly span: Span;
}

/** All that a Shoot says of its chains, in the order of the text. Disks of caches have rules of their own. */
export function* chainValues(shoot: Shoot): Iterable<ChainValue> {
  const { registryCache, registryMirror, resources } = shoot;
  if (registryCache !== undefined) {
    yield* extensionValues("registry-cache", registryCache);
    for (const it of registryCache.caches) yield* cacheValues(it);
  }
  if (registryMirror !== undefined) {
    yield* extensionValues("registry-mirror", registryMirror);
    for (const { upstream, hosts, span: whole } of registryMirror.mirrors) {
      const span = upstream?.span ?? whole;
      const subject = `mirror of "${upstream?.value ?? ""}"`;
      yield { subject, field: "", value: "", shown: "", span };
      const order = hosts.map((it) => it.host?.value ?? "").join(", ");
      yield { subject, field: "hosts", value: order, shown: order, span };
      for (const it of hosts) yield* hostValues(it, subject);
    }
  }
  for (const it of resources) yield* entryValues(it);
}

/** Reduces a Shoot of the garden to what it means as the version before an update, and for a manifest that should say the same. */
export function summarizeLive(shoot: Shoot): PreviousShoot {
  return { ...summarizePrevious(shoot), live: liveValues(shoot) };
}

function liveValues(shoot: Shoot): LiveValues {
  const values: { [subject: string]: { [field: string]: LiveValue } } = Object.create(null);
  for (const { subject, field, value, shown } of chainValues(shoot)) {
    const fields = values[subject] ?? Object.create(null);
    values[flat(subject)] = fields;
    fields[field] ??= { value: flat(value), shown: flat(shown) };
  }
  return values;
}

function* extensionValues(name: string, { disabled, type, span: whole }: Extension): Iterable<ChainValue> {
  const span = type?.span ?? whole;
  const subject = `extension ${name}`;
  yield { subject, field: "", value: "", shown: "", span };
  yield { subject, field: "disabled", value: `${disabled}`, shown: `${disabled}`, span };
}

function* cacheValues(cache: Cache): Iterable<ChainValue> {
  const { upstream, remoteURL, secretReferenceName, serviceNameSuffix, http, highAvailability } = cache;
  const name = upstream?.value ?? "";
  const subject = `cache "${name}"`;
  const span = upstream?.span ?? cache.span;
  yield { subject, field: "", value: "", shown: "", span };
  const place = { subject, span };
  yield plain(place, "remoteURL", remoteURL, defaultRemoteUrl(name));
  yield plain(place, "secretReferenceName", secretReferenceName, "");
  yield plain(place, "serviceNameSuffix", serviceNameSuffix, "");
  yield plain(place, "http.tls", http?.tls, http === undefined);
  yield plain(place, "highAvailability.enabled", highAvailability?.enabled, false);
  const { ttl } = cache.garbageCollection ?? {};
  const value = `${effectiveTtl(cache)}`;
  const shown = ttl?.text ?? (value === "0" ? "0" : "168h");
  yield { subject, field: "garbageCollection.ttl", value, shown, span: ttl?.span ?? span };
  for (const kind of ["httpProxy", "httpsProxy"] as const) {
    const proxy = cache.proxies.find((it) => it.path.endsWith(`.${kind}`));
    // A proxy's address may have a password in it.
    yield { ...plain(place, `proxy.${kind}`, proxy, ""), shown: undefined };
  }
}

function* hostValues(host: MirrorHost, mirror: string): Iterable<ChainValue> {
  const { capabilities, caBundleSecretReferenceName, overridePath } = host;
  const span = host.host?.span ?? host.span;
  const place = { subject: `host "${host.host?.value ?? ""}" of the ${mirror}`, span };
  yield { ...place, field: "", value: "", shown: "" };
  const pull = capabilities.length === 0 ? ["pull"] : capabilities.map((it) => it.value).toSorted();
  const value = pull.join(", ");
  yield { ...place, field: "capabilities", value, shown: value, span: capabilities[0]?.span ?? span };
  yield plain(place, "caBundleSecretReferenceName", caBundleSecretReferenceName, "");
  yield plain(place, "overridePath", overridePath, false);
}

function* entryValues({ name, apiVersion, kind, target, span }: ResourceEntry): Iterable<ChainValue> {
  if (name === undefined) return;
  const subject = `entry "${name.value}" of spec.resources`;
  yield { subject, field: "", value: "", shown: "", span: name.span };
  const value = `${kind?.value ?? ""} "${target?.value ?? ""}" of ${apiVersion?.value ?? ""}`;
  yield { subject, field: "resourceRef", value, shown: value, span: target?.span ?? span };
}

function plain(
  { subject, span }: Pick<ChainValue, "subject" | "span">,
  field: string,
  located: Located<string | boolean> | undefined,
  otherwise: string | boolean,
): ChainValue {
  const value = `${located?.value ?? otherwise}`;
  return { subject, field, value, shown: value, span: located?.span ?? span };
}
