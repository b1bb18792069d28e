import {
  firstSighting,
  type LiveSecretView,
  type LiveShoot,
  nextSighting,
  type OwnWrite,
  readLiveSecret,
  readLiveShoot,
  rotationLabel,
  type Switch,
} from "@registry-cache/core";
import { type ApiObject, type Change, createStop, type GardenClient, resources } from "@registry-cache/garden";
import { createBell } from "./bell.ts";
import { rotationFields } from "./shoot-fields.ts";
import { unlessMissing } from "./unseen.ts";

/** The Shoots of a namespace as they are now, kept up to date by one watch. */
export interface RotationView {
  shoots(): readonly LiveShoot[];
  /** A Shoot as the server gave it. */
  raw(name: string): ApiObject | undefined;
  /** Takes the reply of a write, or of a read. */
  put(shoot: ApiObject): void;
  /** Takes the reply of a write of ours, to follow its roll-out. */
  wrote(shoot: ApiObject, written: Pick<Switch, "entries" | "asked">): void;
  readonly ownWrites: ReadonlyMap<string, OwnWrite>;
  /** Resolves at the next change; at once when there was one since it last did. Rejects when the watch broke for good. */
  changed(): Promise<void>;
  /** Makes `changed` resolve for something that happened elsewhere, or reject by its error. */
  wake(error?: unknown): void;
  close(): void;
}

/** Lists the Shoots and follows them until it is closed. */
export async function openRotationView(client: GardenClient): Promise<RotationView> {
  const stop = createStop();
  const query = { resource: resources.shoots, namespace: client.namespace, keep: rotationFields };
  const seen = new Map<string, { readonly raw: ApiObject; readonly shoot: LiveShoot }>();
  const ownWrites = new Map<string, OwnWrite>();
  const bell = createBell();
  const put = (raw: ApiObject): void => {
    const shoot = readLiveShoot(raw);
    // The watch may be behind a reply that we have.
    if (isOlder(shoot.resourceVersion, seen.get(shoot.name)?.shoot.resourceVersion)) return;
    seen.set(shoot.name, { raw, shoot });
    const own = ownWrites.get(shoot.name);
    if (own !== undefined) ownWrites.set(shoot.name, { ...own, sighting: nextSighting(own.sighting, shoot.rollOut) });
    bell.ring();
  };
  const take = (change: Change): void => {
    if (change.type === "put") put(change.object);
    else if (change.type === "gone") seen.delete(change.object.metadata.name);
    else {
      const names = new Set(change.objects.map((it) => it.metadata.name));
      for (const name of seen.keys()) if (!names.has(name)) seen.delete(name);
      for (const it of change.objects) put(it);
    }
    bell.ring();
  };
  const changes = client.follow(query, stop.signal);
  const first = await changes.next();
  if (first.done !== true) take(first.value);
  drain(changes, take).catch((error: unknown) => (stop.signal.aborted ? undefined : bell.break(error)));
  return {
    shoots: () => [...seen.values()].map((it) => it.shoot),
    raw: (name) => seen.get(name)?.raw,
    put,
    wrote(raw, { entries, asked }) {
      const reply = readLiveShoot(raw).rollOut;
      const used = Object.entries(entries).filter(([name]) => Object.hasOwn(reply.used, name));
      const written: Switch = { reply, entries: Object.fromEntries(used), asked };
      ownWrites.set(raw.metadata.name, { written, sighting: firstSighting(written) });
      put(raw);
    },
    ownWrites,
    changed: () => bell.wait(),
    wake: (error) => (error === undefined ? bell.ring() : bell.break(error)),
    close: () => stop.end(),
  };
}

/** Reads the old Secret and all that rotations made: metadata only, no value travels. */
export async function readRotationSecrets(client: GardenClient, from: string): Promise<readonly LiveSecretView[]> {
  const { namespace } = client;
  const ref = { resource: resources.secrets, namespace, name: from };
  const [old, made] = await Promise.all([
    unlessMissing(client.get(ref, { metadataOnly: true })),
    client.list({ resource: resources.secrets, namespace, labelSelector: rotationLabel, metadataOnly: true }),
  ]);
  const others = made.items.filter((it) => it.metadata.name !== from);
  return [...(old === undefined ? [] : [old]), ...others].map(readLiveSecret);
}

async function drain(changes: AsyncGenerator<Change>, take: (change: Change) => void): Promise<void> {
  for await (const change of changes) take(change);
}

/** Versions of etcd are numbers that grow; where one is not, what comes last counts. */
function isOlder(version: string, known: string | undefined): boolean {
  if (known === undefined || !/^\d+$/.test(version) || !/^\d+$/.test(known)) return false;
  return BigInt(version) < BigInt(known);
}
