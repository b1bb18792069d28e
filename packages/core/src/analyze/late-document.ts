import { type ManifestDocument, type ManifestText, readDocument } from "../manifest/manifest.ts";
import { once } from "../text/once.ts";
import { readPart } from "../yaml/parse.ts";
import type { Part } from "../yaml/split-stream.ts";

/** What of a document is read late. */
type Objects = Pick<ManifestDocument, "root" | "shoots" | "secrets" | "affixes">;

const noObjects: Objects = { root: undefined, shoots: [], secrets: [], affixes: [] };

/**
 * A document whose objects are read when somebody asks for them. A class, since an object literal with getters gets a shape of its
 * own, by which V8 holds all that they refer to until its next full collection: megabytes a second while somebody types.
 */
export class LateDocument implements ManifestDocument {
  readonly uri: string;
  readonly text: string;
  readonly span: ManifestDocument["span"];
  readonly problems: ManifestDocument["problems"];
  readonly template: ManifestDocument["template"];
  readonly #read: () => Objects;

  constructor(
    file: ManifestText,
    part: Part,
    { span, problems, template }: Pick<ManifestDocument, "span" | "problems" | "template">,
  ) {
    const { uri, text } = file;
    this.uri = uri;
    this.text = text;
    this.span = span;
    this.problems = problems;
    this.template = template;
    this.#read = once(() => readPart(text, part).map((it) => readDocument(file, it))[0] ?? noObjects);
  }

  get root(): ManifestDocument["root"] {
    return this.#read().root;
  }

  get shoots(): ManifestDocument["shoots"] {
    return this.#read().shoots;
  }

  get secrets(): ManifestDocument["secrets"] {
    return this.#read().secrets;
  }

  get affixes(): ManifestDocument["affixes"] {
    return this.#read().affixes;
  }
}
