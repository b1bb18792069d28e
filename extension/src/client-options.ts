import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type LogOutputChannel,
  Uri,
  workspace,
} from "vscode";
import type { CodeAction, LanguageClientOptions, MessageSignature, Middleware } from "vscode-languageclient";
import { documentSelector } from "./documents.ts";
import { explainLink } from "./explain.ts";
import type { OpenAtCommand } from "./open-at.ts";
import { withPreview } from "./preview.ts";
import type { StartOptions } from "./protocol.ts";
import { withoutContents } from "./quiet-trace.ts";
import { isEnabled, schemaSettings } from "./settings.ts";
import { leavesKeysToOther } from "./yaml-extension.ts";

/** What every client of ours is made with; `commands` are those of the desktop's features. */
export function clientOptions(
  log: LogOutputChannel,
  openAt: OpenAtCommand,
  commands: readonly string[] = [],
): LanguageClientOptions {
  const initializationOptions: StartOptions = {
    trusted: workspace.isTrusted,
    git: isEnabled("git"),
    commands: ["registryCache.openAt", ...commands],
    rulePages: true,
    chains: true,
    ...schemaSettings(),
  };
  return {
    documentSelector: documentSelector(),
    outputChannel: log,
    traceOutputChannel: withoutContents(log),
    initializationOptions,
    markdown: { isTrusted: { enabledCommands: ["registryCache.explain"] }, supportHtml: false },
    // The code of a finding leads to its rule's page: a click shows the page rather than its source.
    uriConverters: { code2Protocol: String, protocol2Code: (uri) => explainLink(uri) ?? Uri.parse(uri) },
    middleware: { ...middleware, ...prepareActions(openAt) },
  };
}

/** Makes a chosen action such that VS Code shows all that it changes, and opens what it creates. */
function prepareActions(openAt: OpenAtCommand): Middleware {
  return {
    // Here, since VS Code's own edit no longer tells what asks to be confirmed.
    sendRequest: async (type, params, token, next) => {
      const answer = await next(type, params, token);
      const method = methodOf(type);
      if (method === "textDocument/codeAction" && Array.isArray(answer))
        for (const it of answer.filter(isAction)) Object.assign(it, openAt.offer(it));
      if (method === "codeAction/resolve" && isAction(answer)) {
        Object.assign(answer, openAt.keep(answer));
        if (answer.edit) answer.edit = withPreview(answer.edit);
      }
      return answer;
    },
  };
}

const middleware: Middleware = {
  provideCompletionItem: async (...[document, position, context, token, next]) => {
    const offered = await next(document, position, context, token);
    return offered && leavesKeysToOther() ? withoutKeys(offered) : offered;
  },
  provideInlayHints: (document, range, token, next) => (isEnabled("inlayHints") ? next(document, range, token) : []),
  provideCodeLenses: (document, token, next) => (isEnabled("codeLens") ? next(document, token) : []),
};

function withoutKeys(offered: CompletionItem[] | CompletionList): CompletionItem[] | CompletionList {
  if (Array.isArray(offered)) return offered.filter(isValue);
  offered.items = offered.items.filter(isValue);
  return offered;
}

function isValue({ kind }: CompletionItem): boolean {
  return kind !== CompletionItemKind.Property;
}

function methodOf(type: string | MessageSignature): string {
  return typeof type === "string" ? type : type.method;
}

function isAction(answer: unknown): answer is CodeAction {
  return typeof answer === "object" && answer !== null && "title" in answer;
}
