import { type CancellationToken, type Disposable, type Event, EventEmitter, l10n } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { LanguageServer } from "../language-server.ts";
import {
  ask,
  type GardenRotationEvent,
  type GardenShoots,
  type GardenState,
  type GardenTarget,
  hear,
} from "../protocol.ts";

/** The garden of this window: none until a person chooses one. */
export class GardenConnection implements Disposable {
  readonly #server: LanguageServer;
  readonly #changed = new EventEmitter<GardenState>();
  readonly #rotating = new EventEmitter<GardenRotationEvent>();
  readonly #saying = new EventEmitter<string>();
  readonly #heard = new WeakSet<BaseLanguageClient>();
  readonly #listener: Disposable;
  #state: GardenState = { phase: "disconnected" };
  #target: GardenTarget | undefined;

  constructor(server: LanguageServer) {
    this.#server = server;
    this.#listener = server.onDidChangeState((state) => {
      if (state === "running") void this.#resume();
      else if (this.#target)
        this.#enter({ ...this.#state, phase: "offline", message: l10n.t("The server is not running") });
    });
  }

  get state(): GardenState {
    return this.#state;
  }

  /** What a person chose last, as long as it is not disconnected. */
  get target(): GardenTarget | undefined {
    return this.#target;
  }

  get onDidChange(): Event<GardenState> {
    return this.#changed.event;
  }

  /** Fires for each thing that happens in a rotation of ours. */
  get onDidRotate(): Event<GardenRotationEvent> {
    return this.#rotating.event;
  }

  /** Fires when a program that logs in has something to say to the person. */
  get onDidSay(): Event<string> {
    return this.#saying.event;
  }

  /** The server, which tells us of the garden from now on. */
  async server(): Promise<BaseLanguageClient> {
    const client = await this.#server.start();
    this.#hear(client);
    return client;
  }

  /** Connects, and waits until the garden was seen. Throws what the garden says against it. */
  async connect(target: GardenTarget, token?: CancellationToken): Promise<void> {
    const client = await this.server();
    try {
      // Set first: should the server start anew meanwhile, it is told again.
      this.#target = target;
      this.#enter(await ask(client, "registryCache/garden/connect", target, token));
    } catch (error) {
      this.#target = undefined;
      throw error;
    }
  }

  async disconnect(): Promise<void> {
    this.#target = undefined;
    if (this.#server.client) await ask(this.#server.client, "registryCache/garden/disconnect", undefined);
    this.#enter({ phase: "disconnected" });
  }

  async refresh(): Promise<void> {
    if (this.#server.client) await ask(this.#server.client, "registryCache/garden/refresh", undefined);
  }

  async shoots(): Promise<GardenShoots> {
    const { client } = this.#server;
    if (!client || this.#state.phase === "disconnected") return { shoots: [], total: 0, stale: false };
    return await ask(client, "registryCache/garden/shoots", undefined);
  }

  /** A Shoot of the garden as YAML; undefined while none is connected. */
  async shootText(shoot: { readonly namespace: string; readonly name: string }): Promise<string | undefined> {
    const { client } = this.#server;
    if (!client || this.#state.phase === "disconnected") return undefined;
    return await ask(client, "registryCache/garden/shoot", shoot);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
    this.#rotating.dispose();
    this.#saying.dispose();
  }

  /** A server that was started anew knows nothing of what a person chose before. */
  async #resume(): Promise<void> {
    if (this.#target) await this.connect({ ...this.#target, patient: true }).catch(() => {});
  }

  #hear(client: BaseLanguageClient): void {
    if (this.#heard.has(client)) return;
    this.#heard.add(client);
    hear(client, "registryCache/gardenChanged", (state) => this.#enter(state));
    hear(client, "registryCache/garden/login", ({ message }) => this.#saying.fire(message));
    hear(client, "registryCache/garden/rotating", (event) => this.#rotating.fire(event));
  }

  #enter(state: GardenState): void {
    this.#state = state;
    this.#changed.fire(state);
  }
}
