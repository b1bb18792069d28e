import type { NewValues } from "@registry-cache/core";
import type { GardenSession, LiveRotationRequest, Preflight, RotationOutcome } from "@registry-cache/operations";
import type { CancellationToken, ResponseError } from "vscode-jsonrpc";
import { isAnything, isBoolean, isString, optional, shape } from "../guards.ts";
import { method, type OwnMethods } from "../method.ts";
import type {
  GardenRotationEnd,
  GardenRotationOrder,
  GardenRotationPlan,
  GardenRotationRequests,
  GardenSecretName,
} from "../protocol/garden-rotations.ts";
import type { Session } from "../session.ts";
import type { Desktop } from "./desktop.ts";
import type { Connection } from "./garden-connection.ts";
import { asking, failed, type Operations } from "./garden-operations.ts";
import { tryValues } from "./try-values.ts";

type Client = GardenSession["client"];

/** An order as it comes: clients write null for what they leave out. */
interface RotationOrder extends GardenSecretName {
  readonly aim: GardenRotationOrder["aim"];
  readonly credential?: { readonly username?: string | null | undefined; readonly password: string } | null | undefined;
  readonly skipProbe?: boolean | null | undefined;
  readonly triggerReconcile?: boolean | null | undefined;
}

const isSecretName: (value: unknown) => value is GardenSecretName = shape({ name: isString, namespace: isString });
const isOrder: (value: unknown) => value is RotationOrder = shape({
  name: isString,
  namespace: isString,
  aim: isAim,
  credential: optional(shape({ username: optional(isString), password: isString })),
  skipProbe: optional(isBoolean),
  triggerReconcile: optional(isBoolean),
});

function isAim(value: unknown): value is RotationOrder["aim"] {
  return value === "rotate" || value === "finish" || value === "rollback";
}

/** The requests about rotations in the garden that is connected. What happens in one is told by `registryCache/garden/rotating`. */
export function gardenRotationMethods(
  desktop: Desktop,
  connectionOf: (session: Session) => Connection | undefined,
): OwnMethods<GardenRotationRequests> {
  const within = async <T>(
    session: Session,
    ask: (operations: Operations, connection: Connection) => T | Promise<T>,
  ): Promise<T | ResponseError> => {
    const connection = connectionOf(session);
    return connection === undefined ? failed("no garden is connected") : asking((it) => ask(it, connection));
  };
  return {
    "registryCache/garden/rotations": method(isAnything, (session) => {
      if (connectionOf(session) === undefined) return [];
      return within(session, (operations, it) => operations.readPendingRotations(it.client, it.scope()));
    }),
    "registryCache/garden/planRotation": method(isSecretName, (session, { name, namespace }) =>
      within(session, async (operations, { client }) =>
        toPlan(await look(operations, { ...client, namespace }, { name, namespace, aim: "rotate" }, undefined)),
      ),
    ),
    "registryCache/garden/carryOutRotation": method(isOrder, (session, order, token) =>
      within(session, (operations, { client }) =>
        carryOut({ session, desktop, operations, client: { ...client, namespace: order.namespace }, order, token }),
      ),
    ),
  };
}

interface Run {
  readonly session: Session;
  readonly desktop: Desktop;
  readonly operations: Operations;
  readonly client: Client;
  readonly order: RotationOrder;
  readonly token: CancellationToken;
}

function look(
  operations: Operations,
  client: Client,
  { name, triggerReconcile }: RotationOrder,
  values: NewValues | undefined,
): Promise<Preflight> {
  const asked = { force: false, deleteOld: false, triggerReconcile: triggerReconcile === true, now: Date.now() };
  return operations.preflightRotation({ client, from: name, values, verify: { wish: verify, as: "viewer" }, ...asked });
}

function toPlan({ from, to, rotation, looks, notes, blockers }: Preflight): GardenRotationPlan {
  const open = rotation.shoots.filter((it) => it.stage === "old");
  const shoots = open.map(({ shoot, old }) => ({ name: shoot.name, users: old.flatMap((it) => it.users) }));
  return { from, to, shoots, looks, notes, blockers };
}

/** Looks and tries the credential as `rotate` does, then carries the rotation on. Cancelling ends it between two requests. */
async function carryOut(run: Run): Promise<GardenRotationEnd | ResponseError> {
  const { operations, client, order, token } = run;
  const values = await valuesOf(run);
  if (values === "no username") return failed(`Secret "${order.name}" has no username to be kept`);
  if (order.aim === "rotate") {
    const preflight = await look(operations, client, order, values);
    const { from, to, blockers, rotation } = preflight;
    const nothing = { from, to, shoots: rotation.shoots.length, open: [] };
    if (blockers.length > 0) return { end: "blocked", ...nothing, blockers };
    const against = values === undefined || order.skipProbe ? [] : await tryValues(operations, preflight, values);
    if (against.length > 0) return { end: "refused", ...nothing, blockers: against };
  }
  if (token.isCancellationRequested) return { end: "interrupted", from: order.name, shoots: 0, open: [], blockers: [] };
  return toEnd(await operations.runLiveRotation(requestOf(run, values)));
}

async function valuesOf({ operations, client, order }: Run): Promise<NewValues | "no username" | undefined> {
  const { credential, name } = order;
  if (credential === undefined || credential === null) return undefined;
  const username = credential.username || (await operations.usernameOf(client, name));
  return username === undefined ? "no username" : { purpose: "credentials", username, password: credential.password };
}

/** Whether the caches run with the new Secret is looked at where one may. */
const verify = "try";

/** Switching goes on by so many Shoots at a time, behind the first. */
const parallel = 5;

function requestOf(
  { session, desktop, client, order, token, operations }: Run,
  values: NewValues | undefined,
): LiveRotationRequest {
  const stop = operations.createStop();
  token.onCancellationRequested(stop.end);
  const { USER, USERNAME } = desktop.env;
  return {
    client,
    from: order.name,
    values,
    by: USER || USERNAME || "somebody",
    aim: order.aim,
    parallel,
    wait: true,
    verify,
    triggerReconcile: order.triggerReconcile === true,
    deleteOld: false,
    grace: 0,
    timeout: undefined,
    signal: stop.signal,
    onEvent: (event) => session.outbox.tell("registryCache/garden/rotating", { secret: order.name, ...event }),
  };
}

function toEnd({ end, rotation, blockers, open, problem }: RotationOutcome): GardenRotationEnd {
  const { from, next, shoots } = rotation;
  return {
    end,
    from,
    ...(next && { to: next.name }),
    shoots: shoots.length,
    open: open.map((it) => it.shoot.name),
    blockers: blockers.map((it) => it.message),
    ...(problem && { problem }),
  };
}
