import {
  commands,
  type Disposable,
  type ExtensionContext,
  env,
  l10n,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from "vscode";
import { graphPage } from "./graph-page.ts";
import type { LanguageServer } from "./language-server.ts";
import { openAt } from "./open-at.ts";
import { ask } from "./protocol.ts";
import { looksLikeShoot } from "./relevant.ts";

/** The graph of the chains, in one panel: `registryCache.showGraph` opens it. */
export class GraphPanel implements Disposable {
  readonly #dist: Uri;
  readonly #server: LanguageServer;
  readonly #command: Disposable;
  #panel: WebviewPanel | undefined;
  /** The file whose chains are shown; all of the workspace without one. */
  #file: Uri | undefined;

  constructor({ extensionUri }: ExtensionContext, server: LanguageServer) {
    this.#dist = Uri.joinPath(extensionUri, "dist");
    this.#server = server;
    this.#command = commands.registerCommand("registryCache.showGraph", () => this.#show());
  }

  /** The page as it is shown, or undefined while it is closed. */
  get html(): string | undefined {
    return this.#panel?.webview.html;
  }

  /** Draws again what is shown. */
  refresh(): void {
    if (this.#panel?.visible) void this.#draw(this.#panel);
  }

  dispose(): void {
    this.#command.dispose();
    this.#panel?.dispose();
  }

  async #show(): Promise<void> {
    const document = window.activeTextEditor?.document;
    this.#file = document && looksLikeShoot(document.getText()) ? document.uri : undefined;
    this.#panel ??= this.#open();
    this.#panel.reveal();
    await this.#draw(this.#panel);
  }

  #open(): WebviewPanel {
    const panel = window.createWebviewPanel("registryCache.graph", l10n.t("Registry Caches"), ViewColumn.Beside, {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [this.#dist],
    });
    panel.webview.onDidReceiveMessage((node: { readonly uri: string; readonly offset: number }) => openAt(node));
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    return panel;
  }

  async #draw(panel: WebviewPanel): Promise<void> {
    const client = this.#server.client ?? (await this.#server.start());
    const file = this.#file;
    const svg = await ask(client, "registryCache/graph", { format: "svg", ...(file && { uri: file.toString() }) });
    panel.title = file ? l10n.t("Registry Caches: {0}", baseName(file)) : l10n.t("Registry Caches");
    panel.webview.html = graphPage({
      svg,
      nonce: crypto.randomUUID(),
      script: panel.webview.asWebviewUri(Uri.joinPath(this.#dist, "graph.js")).toString(),
      title: panel.title,
      empty: l10n.t("There is no Shoot with a registry cache here."),
      language: env.language,
    });
  }
}

function baseName({ path }: Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
