import type { GardenSession, Stop } from "@registry-cache/operations";
import type { ConnectionListener, Trouble } from "./garden-connection.ts";
import type { Operations } from "./garden-operations.ts";

/** A garden that is looked at. */
export interface Look {
  readonly operations: Operations;
  readonly client: GardenSession["client"];
  /** Every project that one may see. */
  readonly all: boolean;
  readonly stop: Stop;
  readonly listener: ConnectionListener;
  /** Ends when all is to be looked at anew. */
  round: Stop;
  /** The namespaces that were asked for. */
  scope: readonly (string | undefined)[];
  /** Others that are looked into. */
  more: readonly string[];
}

/** Looks at a garden until its stop has ended. What passes is tried again, ever later; what does not waits for a new round. */
export async function keepLooking(look: Look): Promise<void> {
  const { operations, stop, listener } = look;
  let failures = 0;
  while (!stop.signal.aborted) {
    look.round = operations.createStop({ with: stop.signal });
    const { round } = look;
    const trouble = await lookOnce(look, () => {
      failures = 0;
    });
    if (trouble !== undefined && !round.signal.aborted) {
      listener.onTrouble(trouble);
      failures += 1;
      const after = trouble.passes ? { after: pauseAfter(failures) } : {};
      await operations.createStop({ ...after, with: round.signal }).ended;
    }
    // Or it would listen to the stop for as long as that lasts.
    round.end();
  }
}

/** From two seconds to a minute, with a share of chance, so that not all editors come back at once. */
export function pauseAfter(failures: number, chance: number = Math.random()): number {
  return Math.min(2000 * 2 ** (failures - 1), 60_000) * (0.75 + chance / 4);
}

/** Tells of everything that is seen, until the round ends or something goes wrong. */
async function lookOnce(look: Look, onSeen: () => void): Promise<Trouble | undefined> {
  const { operations, client, all, round, listener } = look;
  const unseen: string[] = [];
  try {
    const scope = await operations.resolveScope(client, { all, projects: [] });
    look.scope = scope.namespaces;
    unseen.push(...scope.unseen.map((it) => it.what));
    const { followed, left } = namespacesOf(look);
    const request = { shoots: [], namespaces: followed, tolerant: true };
    if (left > 0) unseen.push(`${left} more namespaces of the manifests`);
    for await (const { view, unseen: more } of operations.followLive(client, request, round.signal)) {
      if (round.signal.aborted) return undefined;
      unseen.push(...more.map((it) => it.what));
      const hidden = look.scope.every((it) => view.forbidden.shoots.has(it));
      if (hidden) return { line: `no access to ${unseen[0] ?? "the Shoots"}`, passes: false };
      onSeen();
      listener.onView(view, unseen);
    }
    return undefined;
  } catch (error) {
    if (round.signal.aborted) return undefined;
    const trouble = operations.gardenTrouble(error);
    if (trouble !== undefined) return trouble;
    // A mistake of ours: the server's log gets to know where.
    Promise.reject(error);
    return { line: "the language server failed, its log says where", passes: false };
  }
}

/** Each namespace costs two connections; with more the manifests are of more than a person looks after. */
const mostNamespaces = 20;

function namespacesOf({ scope, more }: Look): { readonly followed: Look["scope"]; readonly left: number } {
  if (scope.includes(undefined)) return { followed: [undefined], left: 0 };
  const others = more.filter((it) => !scope.includes(it));
  const followed = [...scope, ...others.slice(0, mostNamespaces)];
  return { followed, left: Math.max(0, others.length - mostNamespaces) };
}
