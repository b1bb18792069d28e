import type { LiveView } from "@registry-cache/operations";
import type { CancellationToken, ResponseError } from "vscode-jsonrpc";
import { cancelled } from "../method.ts";
import type { GardenShoots, GardenState } from "../protocol/garden.ts";
import type { Session } from "../session.ts";
import { afterAWhile, pause } from "../timer.ts";
import type { Desktop } from "./desktop.ts";
import { type Connection, type ConnectionListener, openConnection, type Trouble } from "./garden-connection.ts";
import { tellLogin } from "./garden-login.ts";
import { joinManifests, type ManifestsInGarden } from "./garden-manifests.ts";
import { failed, loadOperations } from "./garden-operations.ts";
import { type GardenTarget, shootsOf } from "./garden-state.ts";
import { refuseUntrusted } from "./trust.ts";

/** The one garden of a session: none until somebody chooses one. */
export interface GardenLink {
  readonly state: GardenState;
  /** Connects to a garden in place of the one before. Waits until its Shoots and Secrets were seen, or something went wrong. */
  connect(target: GardenTarget, token: CancellationToken): Promise<GardenState | ResponseError>;
  disconnect(): void;
  /** Looks anew at once, also where nothing would be tried any more. */
  refresh(): void;
  shoots(): Promise<GardenShoots>;
  readonly connection: Connection | undefined;
}

/** In milliseconds; a roll-out changes a Shoot many times. */
const tellEvery = 250;

/** Makes the link of a session. */
export function createGardenLink(session: Session, desktop: Desktop): GardenLink {
  const tell = (): void => session.outbox.tell("registryCache/gardenChanged", link.state);
  const link: Link = {
    session,
    desktop,
    state: { phase: "disconnected" },
    shoots: noShoots,
    stale: false,
    open: undefined,
    giveUp: noWait,
    tell,
    soon: afterAWhile(tellEvery, tell),
  };
  return {
    get state() {
      return link.state;
    },
    shoots: () => link.shoots(),
    get connection() {
      return link.open?.connection;
    },
    connect: (target, token) => connect(link, target, token),
    disconnect: () => disconnect(link),
    refresh() {
      if (link.open === undefined) return;
      enter(link, { ...identity(link.state), phase: "connecting" });
      link.open.connection.refresh();
    },
  };
}

const noWait = (): void => undefined;
const noShoots = async (): Promise<GardenShoots> => ({ shoots: [], total: 0, stale: false });

interface Link {
  readonly session: Session;
  readonly desktop: Desktop;
  state: GardenState;
  /** Read when somebody asks: in a large garden something changes all the time. */
  shoots: () => Promise<GardenShoots>;
  /** They are as they were before the garden was lost. */
  stale: boolean;
  open: OpenGarden | undefined;
  /** Ends the wait of whoever connects. */
  giveUp: () => void;
  readonly tell: () => void;
  readonly soon: { ask(): void; stop(): void };
}

interface OpenGarden {
  readonly connection: Connection;
  readonly manifests: ManifestsInGarden;
  /** Whether everything was seen once. */
  seen: boolean;
}

function identity({ context, server, namespace }: GardenState): Omit<GardenState, "phase"> {
  return { ...(context && { context }), ...(server && { server }), ...(namespace && { namespace }) };
}

function enter(link: Link, state: GardenState): void {
  if (JSON.stringify(link.state) === JSON.stringify(state)) {
    link.soon.ask();
    return;
  }
  link.state = state;
  link.soon.stop();
  link.tell();
}

async function connect(
  link: Link,
  target: GardenTarget,
  token: CancellationToken,
): Promise<GardenState | ResponseError> {
  const refused = refuseUntrusted(link.session, "no garden is asked");
  if (refused !== undefined) return refused;
  disconnect(link);
  enter(link, { phase: "connecting", context: target.context });
  const first = Promise.withResolvers<First>();
  const giveUp = (): void => first.resolve("given up");
  link.giveUp = giveUp;
  const listening = token.onCancellationRequested(giveUp);
  const opened = await open(link, target, first.resolve);
  const ended = typeof opened === "string" ? { line: opened, passes: false } : await first.promise;
  listening.dispose();
  // Another garden was chosen meanwhile, or none.
  if (link.giveUp !== giveUp) return cancelled();
  const stays = ended === "seen" || (ended !== "given up" && typeof opened === "object" && target.patient === true);
  if (stays) return link.state;
  disconnect(link);
  return ended === "given up" ? cancelled() : failed(ended.line);
}

/** How the first look ended. */
type First = "seen" | "given up" | Trouble;

/** Opens a garden as the link's own, or tells in a line what is wrong with kubeconfig and target. */
async function open(link: Link, target: GardenTarget, onFirst: (first: First) => void): Promise<OpenGarden | string> {
  const operations = await loadOperations();
  const readCaches = operations.createCacheReader(pause);
  const onTrouble = (trouble: Trouble): void => {
    if (link.open?.connection !== connection) return;
    lose(link, trouble);
    onFirst(trouble);
  };
  const onView = (view: LiveView, unseen: readonly string[]): void => {
    if (link.open?.connection !== connection) return;
    link.stale = false;
    link.shoots = async () => {
      const caches = await readCaches(view, Date.now());
      return { ...shootsOf(view, caches, connection.scope()), stale: link.stale };
    };
    if (!link.open.seen)
      link.session.schema.connected(operations.keptGardenSchema(connection.client, link.desktop.env));
    link.open.seen = true;
    link.open.manifests.take(view);
    enter(link, { ...placeOf(connection, target), phase: "connected", unseen });
    onFirst("seen");
  };
  const onPluginMessage = tellLogin(link.session, target);
  const { session, giveUp } = link;
  const connection = await tryOpen(link, target, { onView, onTrouble, onPluginMessage });
  if (typeof connection === "string") return connection;
  if (link.giveUp !== giveUp) {
    connection.close();
    return "another garden was chosen";
  }
  link.open = { connection, manifests: joinManifests({ session, operations, connection, onTrouble }), seen: false };
  enter(link, { ...placeOf(connection, target), phase: "connecting" });
  return link.open;
}

async function tryOpen(
  { desktop }: Link,
  target: GardenTarget,
  listener: ConnectionListener,
): Promise<Connection | string> {
  try {
    return await openConnection(desktop, target, listener);
  } catch (error) {
    const trouble = (await loadOperations()).gardenTrouble(error);
    if (trouble === undefined) throw error;
    return trouble.line;
  }
}

function placeOf({ client }: Connection, { all }: GardenTarget): Omit<GardenState, "phase"> {
  const { contextName: context, server, namespace } = client;
  return { context, server: server.host, ...(all === true ? {} : { namespace }) };
}

/** Nothing is said of manifests because of what was seen once; the rows stay, and say that they are old. */
function lose(link: Link, { line, passes }: Trouble): void {
  link.open?.manifests.drop();
  link.stale = true;
  enter(link, { ...identity(link.state), phase: passes ? "offline" : "no-access", message: line });
}

function disconnect(link: Link): void {
  link.giveUp();
  link.giveUp = noWait;
  link.open?.connection.close();
  link.open?.manifests.stop();
  link.open = undefined;
  link.shoots = noShoots;
  link.session.schema.connected(undefined);
  enter(link, { phase: "disconnected" });
}
