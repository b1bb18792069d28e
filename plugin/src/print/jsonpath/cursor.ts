import { TemplateError } from "./template.ts";

/** A place in a template that moves on. */
export class Cursor {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Takes a word if it comes next. */
  take(word: string): boolean {
    const found = this.#text.startsWith(word, this.#at);
    if (found) this.#at += word.length;
    return found;
  }

  /** Takes what a pattern, which must be sticky, matches here. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) ?? [];
    this.#at += found?.length ?? 0;
    return found;
  }

  skipBlanks(): void {
    this.match(/\s*/y);
  }

  expect(word: string): void {
    this.skipBlanks();
    if (!this.take(word))
      throw new TemplateError(`${this.done ? "ends" : `has "${this.rest()}"`} where ${word} should be`);
  }

  /** The next few characters, for messages. */
  rest(): string {
    return this.#text.slice(this.#at, this.#at + 12);
  }

  /** A text in quotes if one comes next. */
  quoted(): string | undefined {
    const found = this.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/suy);
    return found?.slice(1, -1).replace(/\\(.)/gsu, (_, it: string) => escapes[it] ?? it);
  }
}

const escapes: { readonly [letter: string]: string } = { n: "\n", t: "\t", r: "\r" };
