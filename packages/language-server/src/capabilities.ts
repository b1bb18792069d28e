import type { ServerCapabilities } from "vscode-languageserver-protocol";
import { actionKinds } from "./action-kinds.ts";
import type { Client } from "./client.ts";
import { completionTriggers } from "./completion.ts";

/** What the server tells a client that it can do; `commands` are those that the server runs for it. */
export function capabilitiesFor(client: Client, commands: readonly string[]): ServerCapabilities {
  const folders = { scheme: "file", pattern: { glob: "**" } };
  return {
    positionEncoding: client.encoding,
    textDocumentSync: { openClose: true, change: 2, save: { includeText: false } },
    ...(client.pullsDiagnostics
      ? {
          diagnosticProvider: {
            identifier: "registry-cache",
            interFileDependencies: true,
            workspaceDiagnostics: true,
          },
        }
      : {}),
    ...(client.actions
      ? { codeActionProvider: { codeActionKinds: [...actionKinds], resolveProvider: client.resolvesActions } }
      : {}),
    completionProvider: { triggerCharacters: [...completionTriggers], resolveProvider: false },
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: client.preparesRename ? { prepareProvider: true } : true,
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    codeLensProvider: {},
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentLinkProvider: {},
    inlayHintProvider: { resolveProvider: false },
    ...(commands.length === 0 ? {} : { executeCommandProvider: { commands: [...commands] } }),
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { didRename: { filters: [folders] }, didDelete: { filters: [folders] } },
    },
  };
}
