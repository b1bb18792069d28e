import { type CompletionKind, type CompletionItem as CoreItem, complete } from "@registry-cache/core";
import type { CompletionItem, CompletionItemKind, CompletionList, Range } from "vscode-languageserver-protocol";
import type { Client } from "./client.ts";
import { placeAhead, placeJudged } from "./completion-place.ts";
import { atPosition, type Method, method } from "./method.ts";
import { openDocument } from "./session.ts";
import { rangeOf, type TextBuffer } from "./text-buffer.ts";

/** What opens the list of proposals by itself, where it says anything. */
export const completionTriggers: readonly string[] = [":", " ", "-", '"', "'"];

const kinds: { readonly [kind in CompletionKind]: CompletionItemKind } = {
  property: 10,
  value: 12,
  reference: 18,
  snippet: 15,
  enum: 20,
};

/** The request for proposals. It never waits: while files are read, what is known of them is offered. */
export const completion: { readonly [name: string]: Method } = {
  "textDocument/completion": method(atPosition, (session, { textDocument, position }): CompletionList | undefined => {
    const { client, scan } = session;
    const document = openDocument(session, textDocument.uri);
    const place = document && (placeAhead(session, document, position) ?? placeJudged(session, document, position));
    if (place === undefined) return undefined;
    const { file, offset, workspace, buffer } = place;
    const items = complete(file, offset, workspace);
    return { isIncomplete: scan.isRunning(), items: toItems(items, buffer, client) };
  }),
};

/** Nearly all of them replace the same. */
function toItems(items: readonly CoreItem[], buffer: TextBuffer, client: Client): CompletionItem[] {
  let [span, range] = [items[0]?.replace, rangeOf(buffer, items[0]?.replace ?? { start: 0, end: 0 })];
  return items.map((it) => {
    if (it.replace !== span) [span, range] = [it.replace, rangeOf(buffer, it.replace)];
    return toItem(it, range, client);
  });
}

function toItem(item: CoreItem, range: Range, { snippets, labelDetails }: Client): CompletionItem {
  const { label, kind, detail, documentation, insertText, snippet, sortText, filterText, deprecated } = item;
  const newText = snippet && !snippets ? withoutStops(insertText) : insertText;
  return {
    label,
    kind: kinds[kind],
    ...(detail === undefined ? {} : { detail }),
    // Where a name comes from is to be seen before one is chosen.
    ...(detail !== undefined && kind === "reference" && labelDetails ? { labelDetails: { description: detail } } : {}),
    ...(documentation === undefined ? {} : { documentation: { kind: "markdown", value: documentation } }),
    ...(sortText === undefined ? {} : { sortText }),
    ...(filterText === undefined ? {} : { filterText }),
    ...(deprecated ? { tags: [1] } : {}),
    ...(snippet && snippets ? { insertTextFormat: 2 } : {}),
    // Its lines are indented already.
    ...(newText.includes("\n") ? { insertTextMode: 1 } : {}),
    textEdit: { range, newText },
  };
}

/** A snippet as plain text: placeholders stay, the first of choices too. */
function withoutStops(snippet: string): string {
  return snippet.replace(
    /\\([\\$}])|\$\{\d+:((?:\\.|[^\\}])*)\}|\$\{\d+\|((?:\\.|[^\\,|])*)(?:,[^|]*)?\|\}|\$\{?\d+\}?/g,
    (_, escaped?: string, placeholder?: string, choice?: string) =>
      escaped ?? (placeholder ?? choice ?? "").replace(/\\(.)/g, "$1"),
  );
}
