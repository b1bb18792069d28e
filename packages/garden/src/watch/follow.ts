import { type GardenErrorKind, isGardenError } from "../garden-error.ts";
import type { ListQuery } from "../lists/list-page.ts";
import { listAll } from "../lists/list-pages.ts";
import { pauseBefore } from "../requests/pace.ts";
import type { Requester } from "../requests/requester.ts";
import type { ApiObject } from "../resource.ts";
import { watchOnce } from "./watch-once.ts";

/** What becomes of the objects that are followed. */
export type Change =
  /** All of them at one moment. A second snapshot means that what happened in between was not seen. */
  | { readonly type: "snapshot"; readonly objects: readonly ApiObject[] }
  | { readonly type: "put"; readonly object: ApiObject }
  | { readonly type: "gone"; readonly object: ApiObject };

/** Troubles that pass by themselves. */
const passing: readonly GardenErrorKind[] = ["network", "refused", "timeout", "throttled", "server"];

/** How often in a row a connection may fail. */
const maxFailures = 6;

/** Lists once and then tells of every change, over lost connections and forgotten moments, until the signal ends it. */
export async function* follow(requester: Requester, query: ListQuery, signal: AbortSignal): AsyncGenerator<Change> {
  for (;;) {
    const { items, resourceVersion } = await listAll(requester, query, signal);
    yield { type: "snapshot", objects: items };
    yield* followFrom(requester, query, resourceVersion, signal);
  }
}

/** Where we are in the history of the server, and how often in a row we could not go on. */
interface Position {
  resourceVersion: string;
  failures: number;
}

/** Tells of changes since a moment; ends when the server has forgotten it. */
async function* followFrom(
  requester: Requester,
  query: ListQuery,
  resourceVersion: string,
  signal: AbortSignal,
): AsyncGenerator<Change> {
  const { pace } = requester;
  const position: Position = { resourceVersion, failures: 0 };
  for (;;) {
    try {
      yield* changesSince(requester, query, position, signal);
    } catch (error) {
      if (isGardenError(error) && error.kind === "expired") return;
      if (!passes(error) || position.failures >= maxFailures) throw error;
    }
    position.failures += 1;
    await pace.wait(pauseBefore(position.failures, undefined, pace) ?? 0, signal).catch(() => {
      throw requester.explain(undefined, signal);
    });
  }
}

async function* changesSince(
  requester: Requester,
  query: ListQuery,
  position: Position,
  signal: AbortSignal,
): AsyncGenerator<Change> {
  for await (const { type, object } of watchOnce(requester, query, position.resourceVersion, signal)) {
    position.resourceVersion = object.metadata.resourceVersion ?? position.resourceVersion;
    position.failures = 0;
    if (type !== "BOOKMARK") yield { type: type === "DELETED" ? "gone" : "put", object };
  }
}

function passes(error: unknown): boolean {
  return isGardenError(error) && passing.includes(error.kind);
}
