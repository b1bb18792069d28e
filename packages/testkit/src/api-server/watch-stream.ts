import type { Clock } from "./clock.ts";
import { ApiFailure, toStatusJson } from "./failure.ts";
import type { ApiObject } from "./object.ts";
import { type Form, toForm } from "./representation.ts";
import type { ResourceName, Store, StoreEvent } from "./store.ts";

/** What to watch. */
export interface WatchQuery {
  readonly resource: ResourceName;
  readonly apiVersion: string;
  readonly kind: string;
  readonly matches: (object: ApiObject) => boolean;
  readonly form: Form;
  readonly since: string;
  readonly bookmarks: boolean;
  /** In milliseconds; 0 for ever. */
  readonly timeout: number;
}

const bookmarkEvery = 60_000;

/** The lines of a watch, until its time is over or the client has gone. */
export async function* watchLines(
  store: Store,
  clock: Clock,
  query: WatchQuery,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const queue: string[] = [];
  let wake = (): void => undefined;
  let open = true;
  const push = (type: string, object: object): void => {
    queue.push(`${JSON.stringify({ type, object })}\n`);
    wake();
  };
  const end = (): void => {
    open = false;
    wake();
  };
  const tellers = startTelling(store, clock, query, { push, end });
  signal.addEventListener("abort", end, { once: true });
  try {
    while (open || queue.length > 0) {
      const line = queue.shift();
      if (line !== undefined) yield line;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    for (const stop of tellers) stop();
  }
}

interface Outlet {
  readonly push: (type: string, object: object) => void;
  readonly end: () => void;
}

function startTelling(store: Store, clock: Clock, query: WatchQuery, { push, end }: Outlet): readonly (() => void)[] {
  const { resource, apiVersion, kind, matches, form, since, bookmarks, timeout } = query;
  let latest = since;
  const bookmark = (): void =>
    push("BOOKMARK", { kind, apiVersion, metadata: { resourceVersion: latest, creationTimestamp: null } });
  const tell = createTeller(matches, (type, object) => push(type, toForm(object, form)));
  try {
    const stopWatch = store.watch(
      resource,
      (event) => {
        latest = event.resourceVersion;
        tell(event);
      },
      since,
    );
    const stopBookmarks = bookmarks ? repeat(clock, bookmark) : () => undefined;
    const stopTimer = timeout > 0 ? clock.after(timeout, async () => end()) : () => undefined;
    return [stopWatch, stopBookmarks, stopTimer];
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    push("ERROR", toStatusJson(error.status));
    end();
    return [];
  }
}

/** An object that leaves what is selected looks deleted to who watches, as it was; one that enters it looks new. */
function createTeller(
  matches: (object: ApiObject) => boolean,
  push: (type: string, object: ApiObject) => void,
): (event: StoreEvent) => void {
  const seen = new Set<string>();
  return ({ type, object, before }) => {
    const key = object.metadata.uid ?? object.metadata.name;
    const matched = before === undefined ? seen.has(key) : matches(before);
    if (type !== "DELETED" && matches(object)) {
      seen.add(key);
      push(matched ? "MODIFIED" : "ADDED", object);
      return;
    }
    seen.delete(key);
    if (!matched && !(before === undefined && matches(object))) return;
    const { resourceVersion } = object.metadata;
    const last = type === "DELETED" || before === undefined ? object : before;
    push("DELETED", { ...last, metadata: { ...last.metadata, ...(resourceVersion && { resourceVersion }) } });
  };
}

function repeat(clock: Clock, run: () => void): () => void {
  let stop = (): void => undefined;
  const next = (): void => {
    stop = clock.after(bookmarkEvery, async () => {
      run();
      next();
    });
  };
  next();
  return () => stop();
}
