import {
  commands,
  type Disposable,
  type ExtensionContext,
  l10n,
  type QuickPickItem,
  Uri,
  window,
  workspace,
} from "vscode";

import { type VirtualDocuments, virtualUri } from "./virtual-documents.ts";

/** What the build writes of each rule. */
export interface RulePage {
  readonly code: string;
  readonly name: string;
  readonly summary: string;
  /** The whole page in Markdown. */
  readonly page: string;
}

const pagePath = /^\/rules\/(RC\d{3})\.md$/;

/** Makes `registryCache.explain` known: it shows the page of a rule, a virtual document, as Markdown. */
export function registerExplain({ extensionUri }: ExtensionContext, documents: VirtualDocuments): Disposable {
  const pages = once(() => readPages(Uri.joinPath(extensionUri, "dist", "rules.json")));
  documents.serve("rules", async (uri) => {
    const code = codeOf(uri);
    return (await pages()).find((it) => it.code === code)?.page;
  });
  return commands.registerCommand("registryCache.explain", async (given?: unknown) => {
    const code = typeof given === "string" ? given : await pickRule(await pages());
    if (code) await commands.executeCommand("markdown.showPreview", pageUri(code));
  });
}

/** What a click on the address of a rule's page does: it shows the page. Other addresses give undefined. */
export function explainLink(address: string): Uri | undefined {
  const code = address.startsWith("registry-cache:") ? codeOf(Uri.parse(address)) : undefined;
  return code === undefined
    ? undefined
    : Uri.parse(`command:registryCache.explain?${encodeURIComponent(JSON.stringify([code]))}`);
}

/** The address of a rule's page, as the server has it. */
export function pageUri(code: string): Uri {
  return virtualUri("rules", `${code}.md`);
}

function codeOf({ path }: Uri): string | undefined {
  return pagePath.exec(path)?.[1];
}

async function readPages(file: Uri): Promise<readonly RulePage[]> {
  return JSON.parse(new TextDecoder().decode(await workspace.fs.readFile(file)));
}

async function pickRule(pages: readonly RulePage[]): Promise<string | undefined> {
  const items = pages.map(
    ({ code, name, summary }): QuickPickItem => ({
      label: code,
      description: name,
      detail: summary,
    }),
  );
  const placeHolder = l10n.t("The rule to explain");
  const picked = await window.showQuickPick(items, { placeHolder, matchOnDescription: true, matchOnDetail: true });
  return picked?.label;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
