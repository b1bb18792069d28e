import type { PreparedSchema, Result } from "@registry-cache/core";
import { isObject, isString, valueAt } from "./guards.ts";
import type { Outbox } from "./outbox.ts";
import { placesOf } from "./places-of.ts";
import type { StartOptions } from "./protocol/messages.ts";
import { type Rereading, readAgain } from "./read-again.ts";

/** The settings about schemas of gardens, as they are read. */
export type SchemaSettings = Pick<StartOptions, "gardenSchema" | "kubeconfig">;

/** Reads the schema that settings name. Only a server on a desktop has one, and it is asked in trusted folders only. */
export type ReadSchema = (named: {
  readonly name: string;
  readonly kubeconfig: string | undefined;
  readonly folders: readonly string[];
}) => Promise<Result<PreparedSchema, string>>;

/** The schema that Shoots are held to: of the garden that settings name, else of the one that is connected, else ours. */
export interface GardenSchema {
  /** Follows settings. What they name is read; it is told when there is none. */
  configure(settings: SchemaSettings): void;
  /** Takes what is kept of the garden that is connected; undefined for none. */
  connected(schema: PreparedSchema | undefined): void;
  /** Reads again what settings name: it may have been pulled anew. */
  refresh(): void;
  /** Resolves when what settings name is read. */
  settled(): Promise<void>;
  /** Whether settings name one, which goes before that of the garden that is connected. */
  isNamed(): boolean;
}

/** Finds the settings in what a client sends: below the name of ours, or as they are. Undefined where nothing is said of schemas. */
export function readSchemaSettings(sent: unknown): SchemaSettings | undefined {
  const below = valueAt(sent, "registryCache");
  const own = isObject(below) ? below : sent;
  if (!isObject(own) || !("gardenSchema" in own)) return undefined;
  const [gardenSchema, kubeconfig] = [own["gardenSchema"], own["kubeconfig"]];
  return { ...(isString(gardenSchema) && { gardenSchema }), ...(isString(kubeconfig) && { kubeconfig }) };
}

/** What the schema of a session needs; without `read` there is none but ours. */
export interface SchemaContext extends Rereading {
  readonly outbox: Outbox;
  readonly read: ReadSchema | undefined;
}

interface State extends SchemaContext {
  settings: SchemaSettings;
  named: PreparedSchema | undefined;
  ofGarden: PreparedSchema | undefined;
  used: PreparedSchema | undefined;
  reading: Promise<void> | undefined;
}

/** Begins with our own schema. */
export function createGardenSchema(context: SchemaContext): GardenSchema {
  const nothing = { named: undefined, ofGarden: undefined, used: undefined, reading: undefined };
  const state: State = { ...context, ...nothing, settings: {} };
  return {
    configure(next) {
      const { gardenSchema, kubeconfig } = state.settings;
      if (next.gardenSchema === gardenSchema && next.kubeconfig === kubeconfig) return;
      state.settings = next;
      readAnew(state);
    },
    connected(schema) {
      state.ofGarden = schema;
      use(state);
    },
    refresh: () => readAnew(state),
    settled: async () => {
      while (state.reading !== undefined) await state.reading;
    },
    isNamed: () => Boolean(state.settings.gardenSchema),
  };
}

function readAnew(state: State): void {
  const { settings, read, outbox } = state;
  if (!settings.gardenSchema || read === undefined) {
    use(state);
    return;
  }
  const reading = readNamed(state, read, settings.gardenSchema)
    .catch((error: unknown) => outbox.log(`reading the schema of a garden failed${placesOf(error)}`))
    .finally(() => {
      if (state.reading === reading) state.reading = undefined;
    });
  state.reading = reading;
}

async function readNamed(state: State, read: ReadSchema, name: string): Promise<void> {
  const { settings, scan, outbox } = state;
  const found = await read({ name, kubeconfig: settings.kubeconfig, folders: [...scan.folders] });
  // Others were told meanwhile.
  if (settings !== state.settings) return;
  state.named = found.ok ? found.value : undefined;
  if (!found.ok) outbox.notify("window/showMessage", { type: 2, message: `gardenSchema: ${found.error}` });
  use(state);
}

function use(state: State): void {
  const { files, settings, named, ofGarden } = state;
  const schema = settings.gardenSchema ? named : ofGarden;
  if (schema === state.used) return;
  state.used = schema;
  files.setShootSchema(schema);
  const holdsShoots = (uri: string): boolean => (files.workspace.report(uri)?.outlines ?? []).length > 0;
  readAgain(state, [...files.workspace.uris()].filter(holdsShoots));
}
