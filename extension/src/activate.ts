import { commands, Disposable, type Event, EventEmitter, type ExtensionContext, Uri, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type ChainsView, showChains } from "./chains-view.ts";
import { clientOptions } from "./client-options.ts";
import { registerExplain } from "./explain.ts";
import { GraphPanel } from "./graph-panel.ts";
import { type CreateClient, LanguageServer } from "./language-server.ts";
import { registerNewManifests } from "./new-manifest.ts";
import { OpenAtCommand } from "./open-at.ts";
import { hear } from "./protocol.ts";
import { type RotationsView, showRotations } from "./rotations-view.ts";
import { followSettings } from "./settings.ts";
import { startWhenRelevant } from "./start-when-relevant.ts";
import { type StatusItem, showStatus } from "./status.ts";
import { VirtualDocuments } from "./virtual-documents.ts";
import { serveFiles } from "./workspace-files.ts";
import { contributeSchemas } from "./yaml-extension.ts";

/** What the extension gives to others: tests look at what a person sees. */
export interface ExtensionApi {
  readonly server: LanguageServer;
  readonly status: StatusItem;
  readonly chains: ChainsView;
  readonly rotations: RotationsView;
  readonly graph: GraphPanel;
}

/** What features stand on that only a desktop has. */
export interface Parts {
  readonly context: ExtensionContext;
  readonly server: LanguageServer;
  readonly documents: VirtualDocuments;
  readonly rotations: RotationsView;
  /** Fires when a manifest has changed so that chains or runtimes may have. */
  readonly onDidChangeChains: Event<void>;
}

/** The features that need networks and processes. */
export interface DesktopFeatures {
  /** The commands that actions and lenses of the server may call. */
  readonly commands: readonly string[];
  register(parts: Parts): Disposable;
}

/** Registers everything, and starts the server when a document of interest is there. */
export function activateWith(
  context: ExtensionContext,
  createClient: CreateClient,
  desktop?: DesktopFeatures,
): ExtensionApi {
  const log = window.createOutputChannel("Registry Cache", { log: true });
  const openAt = new OpenAtCommand();
  const documents = new VirtualDocuments();
  const chainsChanged = new EventEmitter<void>();
  const onChainsChanged = () => {
    chainsChanged.fire();
    chains.refresh();
    graph.refresh();
  };
  const create = async () =>
    connected(await createClient(clientOptions(log, openAt, desktop?.commands)), onChainsChanged);
  const server = new LanguageServer(create, log);
  const status = showStatus(server);
  const chains = showChains(server);
  const rotations = showRotations(server, chainsChanged.event);
  const graph = new GraphPanel(context, server);
  const start = () => void server.start().catch(() => {});
  const parts: Parts = { context, server, documents, rotations, onDidChangeChains: chainsChanged.event };

  context.subscriptions.push(
    log,
    server,
    status,
    chains,
    rotations,
    graph,
    openAt,
    documents,
    chainsChanged,
    registerExplain(context, documents),
    registerCommands(context, server, () => log.show()),
    startWhenRelevant(start),
    registerNewManifests(server),
    followSettings(server),
    ...(desktop ? [desktop.register(parts)] : []),
    restartWhenTrusted(server),
  );
  void contributeSchemas(log, () => readText(Uri.joinPath(context.extensionUri, "dist", "shoot.schema.json"))).catch(
    (error: unknown) => log.warn(String(error)),
  );
  return { server, status, chains, rotations, graph };
}

/** The server is told at its start what it may do. */
function restartWhenTrusted(server: LanguageServer): Disposable {
  return workspace.onDidGrantWorkspaceTrust(() => {
    if (server.state !== "idle") void server.restart();
  });
}

function registerCommands(context: ExtensionContext, server: LanguageServer, showLog: () => void): Disposable {
  const walkthrough = `${context.extension.id}#start`;
  const act = (kind: string, apply: "first" | "ifSingle") =>
    commands.executeCommand("editor.action.codeAction", { kind, apply, preferred: false });
  return Disposable.from(
    commands.registerCommand("registryCache.restart", () => server.restart()),
    commands.registerCommand("registryCache.showLog", showLog),
    commands.registerCommand("registryCache.rotate", () => act("refactor.rewrite", "ifSingle")),
    commands.registerCommand("registryCache.fixAll", () => act("source.fixAll.registryCache", "first")),
    commands.registerCommand("registryCache.openWalkthrough", () =>
      commands.executeCommand("workbench.action.openWalkthrough", walkthrough, false),
    ),
  );
}

/** A client that hears the server from its first word on. */
function connected(client: BaseLanguageClient, onChainsChanged: () => void): BaseLanguageClient {
  serveFiles(client);
  hear(client, "registryCache/chainsChanged", onChainsChanged);
  return client;
}

async function readText(file: Uri): Promise<string> {
  return new TextDecoder().decode(await workspace.fs.readFile(file));
}
