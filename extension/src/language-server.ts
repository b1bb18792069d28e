import { type Disposable, type Event, EventEmitter, type LogOutputChannel } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";

/**
 * Makes the client that starts the bundled server: as a child by IPC, or as a web worker. The client's library is loaded by then
 * and not before: it is ten times as large as all the rest.
 */
export type CreateClient = (options: LanguageClientOptions) => Promise<BaseLanguageClient>;

/** What is known of the server. */
export type ServerState = "idle" | "starting" | "running" | "stopped";

/** The one server of this window. It starts when it is first asked for. */
export class LanguageServer implements Disposable {
  readonly #create: () => Promise<BaseLanguageClient>;
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<ServerState>();
  #state: ServerState = "idle";
  #client: BaseLanguageClient | undefined;
  #starting: Promise<BaseLanguageClient> | undefined;

  constructor(create: () => Promise<BaseLanguageClient>, log: LogOutputChannel) {
    this.#create = create;
    this.#log = log;
  }

  get state(): ServerState {
    return this.#state;
  }

  get onDidChangeState(): Event<ServerState> {
    return this.#changed.event;
  }

  /** The running client, or undefined. */
  get client(): BaseLanguageClient | undefined {
    return this.#state === "running" ? this.#client : undefined;
  }

  /** Starts the server unless it runs; all who ask meanwhile wait for the same start. */
  start(): Promise<BaseLanguageClient> {
    this.#starting ??= this.#startNew().catch((error: unknown) => this.#fail(error));
    return this.#starting;
  }

  async restart(): Promise<void> {
    await this.#stop();
    await this.start();
  }

  async dispose(): Promise<void> {
    await this.#stop();
    this.#changed.dispose();
  }

  async #startNew(): Promise<BaseLanguageClient> {
    this.#enter("starting");
    const client = await this.#create();
    client.onDidChangeState(() => this.#enter(stateOf(client)));
    this.#client = client;
    await client.start();
    return client;
  }

  #fail(error: unknown): never {
    this.#starting = undefined;
    this.#enter("stopped");
    this.#log.error(error instanceof Error ? error : String(error));
    throw error;
  }

  async #stop(): Promise<void> {
    const starting = this.#starting;
    this.#starting = undefined;
    await starting?.then(
      (client) => client.dispose(),
      () => {},
    );
    this.#client = undefined;
  }

  #enter(state: ServerState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#changed.fire(state);
  }
}

function stateOf(client: BaseLanguageClient): ServerState {
  if (client.isRunning()) return "running";
  return client.needsStart() ? "stopped" : "starting";
}
