import { createResourceHandler } from "../api-server/handler.ts";
import type { ApiObject } from "../api-server/object.ts";
import type { ResourceDefinition } from "../api-server/resource.ts";
import type { ObjectKey } from "../api-server/store.ts";
import { gardenResources } from "./garden-resources.ts";
import { inventedKubeconfig, type ShootKubeconfigWriter } from "./kubeconfig-action.ts";
import { maintain } from "./maintenance.ts";
import { windowAround } from "./maintenance-window.ts";
import { createPlanBook } from "./plan-book.ts";
import { Reconciler } from "./reconciler.ts";
import { protectReferences, referable } from "./reference-controller.ts";
import type { GardenerHost, GardenerSimulator, GardenSettings, ReconcilePlan } from "./simulator.ts";
import { createWorkQueue, type WorkQueue } from "./work-queue.ts";

/** How a simulator is to be. */
export interface SimulatorOptions {
  /** How runs go for which nothing else is planned; a minute and success unless told. */
  readonly usualPlan?: ReconcilePlan;
  /** Makes kubeconfigs for Shoots; unless told, they lead nowhere. */
  readonly shootKubeconfig?: ShootKubeconfigWriter;
  /** Hears of each run of an awake Shoot that got through: what the extension deploys into it is up to the test. */
  readonly onApplied?: (shoot: ApiObject) => void;
}

const shoots = "shoots.core.gardener.cloud";

/** Starts a simulator. Its controllers work from now on; with a virtual clock, when tests move it or ask it to settle. */
export function createGardenerSimulator(host: GardenerHost, options: SimulatorOptions = {}): GardenerSimulator {
  const { store, clock, authorize } = host;
  const { usualPlan = { milliseconds: 60_000, outcome: "Succeeded" }, shootKubeconfig = inventedKubeconfig } = options;
  const { onApplied = () => undefined } = options;
  const resources = gardenResources({ store, authorize }, shootKubeconfig);
  const queue = createWorkQueue();
  const plans = createPlanBook(usualPlan);
  let settings: GardenSettings = {
    emergencyStop: false,
    reconcileInMaintenanceOnly: false,
    respectSyncPeriodOverwrite: false,
  };
  const reconciler = new Reconciler({ store, clock, queue, plans, settings: () => settings, onApplied });
  const stopWatching = startWatching(host, queue, reconciler, resources);
  return {
    handler: createResourceHandler({ resources, store, clock, authorize }).handle,
    resources,
    settle: () => queue.settle(),
    async advance(milliseconds) {
      if (!("advance" in clock) || typeof clock.advance !== "function")
        throw new Error("unreachable: the clock is a virtual one");
      await queue.settle();
      await clock.advance(milliseconds);
      await queue.settle();
    },
    plan: ({ namespace, name }, ...planned) => plans.set(`${namespace}/${name}`, planned),
    applied: (shoot) => reconciler.applied({ resource: shoots, ...shoot }),
    configure(changes) {
      settings = { ...settings, ...changes };
      queue.add(async () => {
        for (const shoot of (await store.list(shoots)).items) await reconciler.consider(keyOf(shoot));
      });
    },
    stop() {
      for (const stop of stopWatching) stop();
      queue.stop();
      reconciler.stop();
    },
  };
}

function startWatching(
  { store, clock }: GardenerHost,
  queue: WorkQueue,
  reconciler: Reconciler,
  resources: readonly ResourceDefinition[],
): readonly (() => void)[] {
  const stale = new Set<string>();
  const protect = (namespace: string): void => {
    if (stale.has(namespace)) return;
    stale.add(namespace);
    queue.add(async () => {
      stale.delete(namespace);
      await protectReferences(store, namespace);
    });
  };
  const maintenance = createMaintenance({ store, clock, queue, resources });
  const onShoot = (shoot: ApiObject): void => {
    queue.add(() => reconciler.consider(keyOf(shoot)));
    protect(shoot.metadata.namespace ?? "");
    maintenance.schedule(shoot);
  };
  queue.add(async () => {
    for (const shoot of (await store.list(shoots)).items) onShoot(shoot);
  });
  return [
    store.watch(shoots, ({ object }) => onShoot(object)),
    ...referable.map((it) => store.watch(it, ({ object }) => protect(object.metadata.namespace ?? ""))),
    maintenance.stop,
  ];
}

interface MaintenanceHost extends Pick<GardenerHost, "store" | "clock"> {
  readonly queue: WorkQueue;
  readonly resources: readonly ResourceDefinition[];
}

/** Maintains each Shoot once in each of its windows. */
function createMaintenance({ store, clock, queue, resources }: MaintenanceHost): {
  readonly schedule: (shoot: ApiObject) => void;
  readonly stop: () => void;
} {
  const timers = new Map<string, () => void>();
  const definition = resources.find((it) => it.plural === "shoots");
  const schedule = (shoot: ApiObject): void => {
    const key = keyOf(shoot);
    const id = `${key.namespace}/${key.name}`;
    timers.get(id)?.();
    const open = windowAround(shoot, clock.now());
    const { from } = open.from > clock.now() ? open : windowAround(shoot, open.to + 1);
    if (!Number.isFinite(from) || definition === undefined) return;
    const cancel = clock.after(from - clock.now(), async () => {
      queue.add(async () => {
        await maintain({ store, definition, now: clock.now() }, key);
        const next = await store.get(key);
        if (next !== undefined) schedule(next);
      });
      await queue.settle();
    });
    timers.set(id, cancel);
  };
  return {
    schedule,
    stop() {
      for (const cancel of timers.values()) cancel();
    },
  };
}

function keyOf({ metadata }: ApiObject): ObjectKey {
  return { resource: shoots, namespace: metadata.namespace ?? "", name: metadata.name };
}
