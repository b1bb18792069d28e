import type { FileReport } from "../analyze/inspect.ts";
import type { Workspace } from "../analyze/open-workspace.ts";
import type { Span } from "../text/span.ts";
import { placeOf } from "../workspace/written-name.ts";
import type { SymbolKind } from "./document-symbols.ts";

/** Something of the workspace that has a name. */
export interface WorkspaceSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  /** The Shoot that it is part of, or the namespace. */
  readonly container?: string;
  readonly uri: string;
  readonly span: Span;
}

/** Nobody reads on after so many. */
const maxFound = 500;

/**
 * The Shoots, caches, mirrors, entries and Secrets whose name has the letters of a query in their order: first those that
 * begin with it, then those that contain it, then the others. At most 500.
 */
export function workspaceSymbols(workspace: Workspace, query: string): readonly WorkspaceSymbol[] {
  const wanted = query.toLowerCase();
  const groups: readonly WorkspaceSymbol[][] = [[], [], []];
  for (const uri of workspace.uris()) {
    const report = workspace.report(uri);
    for (const symbol of report ? symbolsOf(report) : [])
      groups[rankOf(symbol.name.toLowerCase(), wanted)]?.push(symbol);
  }
  return groups.flat().slice(0, maxFound);
}

function* symbolsOf({ uri, outlines, secrets }: FileReport): Iterable<WorkspaceSymbol> {
  for (const { name = "", namespace, nameSpan, uses, entries } of outlines) {
    yield { name, kind: "shoot", ...contained(namespace), uri, span: nameSpan };
    for (const { purpose, upstream, labelSpan } of uses) {
      if (upstream === undefined) continue;
      const kind = purpose === "credentials" ? "cache" : "mirror";
      yield { name: upstream, kind, ...contained(name), uri, span: labelSpan };
    }
    for (const { name: entry } of entries) {
      if (entry) yield { name: entry.name, kind: "resource", ...contained(name), uri, span: placeOf(entry) };
    }
  }
  for (const { name, namespace, span, written } of secrets) {
    yield { name, kind: "secret", ...contained(namespace), uri, span: written ? placeOf(written) : span };
  }
}

function contained(container: string | undefined): { readonly container?: string } {
  return container === undefined || container === "" ? {} : { container };
}

/** A rank that is no place in the list means that the name does not fit. */
function rankOf(name: string, wanted: string): number {
  if (name === "") return -1;
  if (name.startsWith(wanted)) return 0;
  if (name.includes(wanted)) return 1;
  let at = 0;
  for (const letter of name) if (letter === wanted[at]) at += 1;
  return at === wanted.length ? 2 : -1;
}
