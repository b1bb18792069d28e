import { readSchemaSettings, type SchemaSettings } from "./garden-schema.ts";
import { isObject, isString, listOf, valueAt } from "./guards.ts";
import type { StartOptions } from "./protocol/messages.ts";
import type { PositionEncoding } from "./text-buffer.ts";
import { canonicalUri } from "./uri.ts";

/** What a client said of itself in `initialize`. What it left out or misspelt it cannot do. */
export interface Client {
  readonly processId: number | undefined;
  readonly folders: readonly string[];
  readonly encoding: PositionEncoding;
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly showsRelated: boolean;
  readonly linksCodes: boolean;
  readonly actions: boolean;
  /** Actions may come without their edits, which are asked for when one is chosen. */
  readonly resolvesActions: boolean;
  readonly versionedEdits: boolean;
  readonly createsFiles: boolean;
  readonly deletesFiles: boolean;
  readonly annotatesChanges: boolean;
  readonly preparesRename: boolean;
  readonly nestsSymbols: boolean;
  readonly snippets: boolean;
  readonly labelDetails: boolean;
  readonly definitionLinks: boolean;
  readonly watchesFiles: boolean;
  readonly showsProgress: boolean;
  readonly refreshesLenses: boolean;
  /** Settings can be asked for. */
  readonly tellsSettings: boolean;
  readonly own: ClientOptions;
}

/** The initializationOptions as they were read: nothing is left out. */
export interface ClientOptions extends Required<Pick<StartOptions, "trusted" | "git" | "rulePages" | "chains">> {
  readonly commands: ReadonlySet<string>;
  readonly schema: SchemaSettings;
}

/** Reads the parameters of `initialize`, of which nothing is certain. */
export function readClient(params: unknown): Client {
  const general = (name: string): unknown => valueAt(params, "capabilities", "general", name);
  const document = (...path: readonly string[]): unknown => valueAt(params, "capabilities", "textDocument", ...path);
  const workspace = (...path: readonly string[]): unknown => valueAt(params, "capabilities", "workspace", ...path);
  const processId = valueAt(params, "processId");
  const operations = strings(workspace("workspaceEdit", "resourceOperations"));
  // Who cannot be told to pull again would not see what another file means for the one that is open.
  const refreshes = workspace("diagnostics", "refreshSupport") === true;
  const versionedEdits = workspace("workspaceEdit", "documentChanges") === true;
  return {
    processId: typeof processId === "number" ? processId : undefined,
    folders: foldersOf(params),
    encoding: strings(general("positionEncodings")).find(isEncoding) ?? "utf-16",
    pullsDiagnostics: isObject(document("diagnostic")) && (refreshes || !isObject(document("publishDiagnostics"))),
    refreshesDiagnostics: refreshes,
    showsRelated: document("publishDiagnostics", "relatedInformation") === true || isObject(document("diagnostic")),
    linksCodes: document("publishDiagnostics", "codeDescriptionSupport") === true,
    actions: isObject(document("codeAction", "codeActionLiteralSupport")),
    // What an action is about travels in its data.
    resolvesActions:
      strings(document("codeAction", "resolveSupport", "properties")).includes("edit") &&
      document("codeAction", "dataSupport") === true,
    versionedEdits,
    createsFiles: versionedEdits && operations.includes("create"),
    deletesFiles: versionedEdits && operations.includes("delete"),
    annotatesChanges: versionedEdits && isObject(workspace("workspaceEdit", "changeAnnotationSupport")),
    preparesRename: document("rename", "prepareSupport") === true,
    nestsSymbols: document("documentSymbol", "hierarchicalDocumentSymbolSupport") === true,
    labelDetails: document("completion", "completionItem", "labelDetailsSupport") === true,
    snippets: document("completion", "completionItem", "snippetSupport") === true,
    definitionLinks: document("definition", "linkSupport") === true,
    watchesFiles: workspace("didChangeWatchedFiles", "dynamicRegistration") === true,
    showsProgress: valueAt(params, "capabilities", "window", "workDoneProgress") === true,
    refreshesLenses: workspace("codeLens", "refreshSupport") === true,
    tellsSettings: workspace("configuration") === true,
    own: readOptions(valueAt(params, "initializationOptions")),
  };
}

function readOptions(options: unknown): ClientOptions {
  return {
    trusted: valueAt(options, "trusted") === true,
    git: valueAt(options, "git") !== false,
    commands: new Set(strings(valueAt(options, "commands"))),
    rulePages: valueAt(options, "rulePages") === true,
    chains: valueAt(options, "chains") === true,
    schema: readSchemaSettings(options) ?? {},
  };
}

/** The older ways to name one root are for clients that know no folders. */
function foldersOf(params: unknown): readonly string[] {
  const folders = valueAt(params, "workspaceFolders");
  const root = valueAt(params, "rootUri");
  const uris = Array.isArray(folders) ? folders.map((it) => valueAt(it, "uri")) : [root];
  return uris.filter(isString).map(canonicalUri);
}

function isEncoding(name: string): name is PositionEncoding {
  return name === "utf-8" || name === "utf-16" || name === "utf-32";
}

function strings(value: unknown): readonly string[] {
  return listOf(isString)(value) ? value : [];
}
