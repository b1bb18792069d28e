import type { GardenSession, LiveView, Stop } from "@registry-cache/operations";
import { pause } from "../timer.ts";
import type { Desktop } from "./desktop.ts";
import { keepLooking, type Look } from "./garden-look.ts";
import { loadOperations, openTarget } from "./garden-operations.ts";
import { watchReach } from "./garden-reach.ts";
import type { GardenTarget } from "./garden-state.ts";

/** What a connection tells of. */
export interface ConnectionListener {
  /** Everything was seen, and again whenever something has changed. `unseen` says what could not be. */
  readonly onView: (view: LiveView, unseen: readonly string[]) => void;
  /** The garden cannot be looked at. */
  readonly onTrouble: (trouble: Trouble) => void;
  /** What a program that logs in says to people. */
  readonly onPluginMessage: (text: string) => void;
}

/** What went wrong, in one line, and whether it is tried again by itself. */
export interface Trouble {
  readonly line: string;
  readonly passes: boolean;
}

/** A garden that is looked at until it is closed. */
export interface Connection {
  readonly client: GardenSession["client"];
  readonly signal: Stop["signal"];
  /** The namespaces that were asked for; one that is undefined stands for the whole garden. */
  scope(): readonly (string | undefined)[];
  /** Looks into these namespaces, too, as far as they are not too many. */
  follow(namespaces: readonly string[]): void;
  /** Looks anew at once. */
  refresh(): void;
  close(): void;
}

/** Opens a garden and looks at it for as long as it is open. Throws a `GardenError` where kubeconfig and target do not fit. */
export async function openConnection(
  desktop: Desktop,
  target: GardenTarget,
  listener: ConnectionListener,
): Promise<Connection> {
  const operations = await loadOperations();
  const stop = operations.createStop();
  const reach = watchReach<Error>((why) => {
    // What was seen before is of another moment.
    if (why === "found") return look.round.end();
    const trouble = operations.gardenTrouble(why);
    if (trouble !== undefined) listener.onTrouble(trouble);
  }, stop.signal);
  const { onPluginMessage } = listener;
  const client = openTarget(operations, desktop, target, { onPluginMessage, onReach: reach });
  const look: Look = {
    operations,
    client,
    all: target.all === true,
    stop,
    listener,
    round: operations.createStop(),
    scope: [],
    more: [],
  };
  // Not before whoever opens it has it.
  pause().then(() => keepLooking(look));
  return {
    client,
    signal: stop.signal,
    scope: () => look.scope,
    refresh: () => look.round.end(),
    follow(namespaces) {
      const known = new Set([...look.scope, ...look.more]);
      if (known.has(undefined) || namespaces.every((it) => known.has(it))) return;
      look.more = namespaces;
      look.round.end();
    },
    close() {
      stop.end();
      client.close();
    },
  };
}
