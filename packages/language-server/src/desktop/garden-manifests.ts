import type { Reference, ShootOutline } from "@registry-cache/core";
import type { EditorFacts, FactReader, LiveView, ObjectName } from "@registry-cache/operations";
import { readAgain } from "../read-again.ts";
import type { Session } from "../session.ts";
import { afterAWhile } from "../timer.ts";
import type { Connection, Trouble } from "./garden-connection.ts";
import type { Operations } from "./garden-operations.ts";

/** Brings what a garden knows to the manifests of a session: for findings, and for completion. */
export interface ManifestsInGarden {
  /** Takes what is seen. The manifests follow a moment later. */
  take(view: LiveView): void;
  /** Nothing is found or offered any more because of what the garden said; values of Secrets are forgotten. */
  drop(): void;
  stop(): void;
}

/** What the manifests of a session are joined with. */
export interface GardenParts {
  readonly session: Session;
  readonly operations: Operations;
  readonly connection: Connection;
  /** The garden did not say what was asked for the manifests. */
  readonly onTrouble: (trouble: Trouble) => void;
}

/** So long, in milliseconds, changes are gathered. */
const gathering = 150;

/** Joins a session's manifests with a garden, and keeps them joined when either changes. */
export function joinManifests(parts: GardenParts): ManifestsInGarden {
  const { session, connection } = parts;
  const state: State = {
    ...parts,
    reader: newReader(parts),
    view: undefined,
    given: undefined,
    text: "",
    asked: "",
    looks: 0,
    busy: false,
  };
  const soon = afterAWhile(gathering, () => void join(state, soon.ask));
  const followFiles = async (): Promise<void> => {
    while (!connection.signal.aborted) {
      await session.diagnostics.nextChange();
      if (state.view !== undefined) soon.ask();
    }
  };
  followFiles();
  const drop = (): void => {
    state.view = undefined;
    state.asked = "";
    state.reader = newReader(parts);
    soon.stop();
    give(state, undefined);
  };
  return {
    take(view) {
      state.view = view;
      state.looks += 1;
      soon.ask();
    },
    drop,
    stop: drop,
  };
}

interface State extends GardenParts {
  reader: FactReader;
  view: LiveView | undefined;
  /** What the manifests were given last, and its facts as text. */
  given: EditorFacts | undefined;
  text: string;
  /** What was asked for last, and how often the garden was seen: while both are the same, so is the answer. */
  asked: string;
  looks: number;
  busy: boolean;
}

function newReader({ operations, connection: { client } }: GardenParts): FactReader {
  return operations.createFactReader(client, client.namespace);
}

async function join(state: State, again: () => void): Promise<void> {
  const { view, reader, session, operations, connection } = state;
  if (view === undefined) return;
  if (state.busy) return again();
  state.busy = true;
  try {
    const wanted = operations.wantedOf(referencesOf(state), shootsOf(state));
    const { garden } = session.files.workspace;
    // Of a Secret that some manifest writes, the manifest is judged: its values are not even asked for.
    const secrets = wanted.secrets.filter((it) => !garden.isWritten(it.name, it.namespace));
    const asked = JSON.stringify([state.looks, wanted.shoots, secrets]);
    if (asked === state.asked) return;
    const namespaces = [...wanted.secrets, ...wanted.shoots].map((it) => it.namespace);
    connection.follow([...new Set(namespaces)]);
    const facts = await reader.read(view, { ...wanted, secrets }, connection.signal);
    // Meanwhile the garden may have been lost.
    if (state.reader !== reader || state.view === undefined) return;
    state.asked = asked;
    give(state, facts);
  } catch (error) {
    const trouble = operations.gardenTrouble(error);
    if (trouble === undefined) throw error;
    if (state.reader === reader) tellTrouble(state, trouble);
  } finally {
    state.busy = false;
  }
}

/** In milliseconds. */
const pauseAfterTrouble = 5000;

function tellTrouble({ onTrouble, connection, operations }: State, trouble: Trouble): void {
  onTrouble(trouble);
  const pause = operations.createStop({ after: pauseAfterTrouble, with: connection.signal });
  if (trouble.passes) pause.ended.then(connection.refresh);
}

function referencesOf({ session, operations, connection }: State): readonly Reference[] {
  const { workspace } = session.files;
  const { namespace } = connection.client;
  return [...workspace.uris()].flatMap((uri) => {
    const report = workspace.report(uri);
    if (report === undefined || report.shoots.length === 0) return [];
    return operations.withNamespace(report, namespace).shoots.flatMap((it) => it.references);
  });
}

function shootsOf({ session, connection }: State): readonly ObjectName[] {
  const { workspace } = session.files;
  return [...workspace.uris()].flatMap((uri) =>
    (workspace.report(uri)?.outlines ?? []).flatMap(({ name, namespace = connection.client.namespace }) =>
      name === undefined ? [] : [{ namespace, name }],
    ),
  );
}

/** Gives facts to the manifests, or takes all away. */
function give(state: State, facts: EditorFacts | undefined): void {
  const { session, given, text } = state;
  const { files, diagnostics } = session;
  const now = facts === undefined ? "" : JSON.stringify(facts.cluster);
  const stale = staleFiles(state, facts);
  state.given = facts;
  state.text = now;
  if (given === undefined && facts === undefined) return;
  files.setContext(facts && contextOf(state, facts));
  readAgain(session, stale);
  if (text !== now) session.facts.setCluster(facts?.cluster);
  if (text !== now || stale.length > 0) diagnostics.changed(files.workspace.uris());
}

type Context = NonNullable<Parameters<Session["files"]["setContext"]>[0]>;

function contextOf({ operations, connection }: State, { previous }: EditorFacts): Context {
  const { namespace } = connection.client;
  return {
    adapt: (report) => operations.withNamespace(report, namespace),
    previousOf: operations.previousByName(previous, namespace),
    updates: (shoot) => previous.has(keyOf(shoot, namespace)),
  };
}

function keyOf(shoot: Pick<ShootOutline, "name" | "namespace">, namespace: string): string {
  return `${shoot.namespace ?? namespace}/${shoot.name ?? ""}`;
}

/** The files that are to be read in another context: those with a Shoot that leaves its namespace out, or is another in the garden now. */
function staleFiles({ session, given, connection }: State, facts: EditorFacts | undefined): readonly string[] {
  const { workspace } = session.files;
  const begins = (given === undefined) !== (facts === undefined);
  const isStale = (shoot: ShootOutline): boolean => {
    const key = keyOf(shoot, connection.client.namespace);
    return (begins && shoot.namespace === undefined) || given?.previous.get(key) !== facts?.previous.get(key);
  };
  return [...workspace.uris()].filter((uri) => workspace.report(uri)?.outlines.some(isStale) === true);
}
