import type { ManifestDocument, ManifestFile } from "../manifest/manifest.ts";

/** A document of which only the place is known; the rest is that of another, which is made when somebody asks. */
export class UnreadDocument implements ManifestDocument {
  readonly uri: string;
  readonly text: string;
  readonly span: ManifestDocument["span"];
  readonly #read: () => ManifestDocument | undefined;

  constructor(
    { uri, text }: Pick<ManifestFile, "uri" | "text">,
    span: ManifestDocument["span"],
    read: () => ManifestDocument | undefined,
  ) {
    this.uri = uri;
    this.text = text;
    this.span = span;
    this.#read = read;
  }

  get problems(): ManifestDocument["problems"] {
    return this.#read()?.problems ?? [];
  }

  get template(): ManifestDocument["template"] {
    return this.#read()?.template;
  }

  get root(): ManifestDocument["root"] {
    return this.#read()?.root;
  }

  get shoots(): ManifestDocument["shoots"] {
    return this.#read()?.shoots ?? [];
  }

  get secrets(): ManifestDocument["secrets"] {
    return this.#read()?.secrets ?? [];
  }

  get affixes(): ManifestDocument["affixes"] {
    return this.#read()?.affixes ?? [];
  }
}
