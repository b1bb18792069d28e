import { type Disposable, EventEmitter, l10n, Uri, workspace } from "vscode";

/** The scheme of our read-only documents: rule pages, previews, details. */
const scheme = "registry-cache";

/** Gives the text of a document, or undefined where there is none. */
export type ReadVirtual = (uri: Uri) => Promise<string | undefined> | string | undefined;

/** Our read-only documents, by the first part of their path: `registry-cache:/rules/RC201.md` is one of "rules". */
export class VirtualDocuments implements Disposable {
  readonly #readers = new Map<string, ReadVirtual>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: async (uri) =>
      (await this.#readers.get(kindOf(uri))?.(uri)) ?? l10n.t("There is nothing at {0}", uri.path),
  });

  /** Serves all documents of a kind. */
  serve(kind: string, read: ReadVirtual): void {
    this.#readers.set(kind, read);
  }

  /** Those of a kind that are open are read again. */
  refresh(kind: string): void {
    for (const { uri } of workspace.textDocuments) {
      if (uri.scheme === scheme && kindOf(uri) === kind) this.#changed.fire(uri);
    }
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

/** The address of a document; `about` says what else it depends on. */
export function virtualUri(kind: string, name: string, about?: object): Uri {
  return Uri.from({ scheme, path: `/${kind}/${name}`, ...(about && { query: JSON.stringify(about) }) });
}

function kindOf({ path }: Uri): string {
  return path.split("/")[1] ?? "";
}
