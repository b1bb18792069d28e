import { expect, test } from "vitest";
import { withoutContents } from "./quiet-trace.ts";

class Channel {
  readonly #lines: string[] = [];

  get lines(): readonly string[] {
    return this.#lines;
  }

  trace(message: string): void {
    this.#lines.push(message);
  }

  info(message: string): void {
    this.#lines.push(message);
  }
}

test("a trace names messages and holds nothing of them, whatever the settings ask for", () => {
  const channel = new Channel();
  const quiet = withoutContents(channel);
  quiet.trace('Sending request \'registryCache/planRotation - (7)\'.\nParams: {\n  "password": "planted"\n}');
  quiet.trace('{"type":"send-request","params":{"password":"planted"}}');
  quiet.info("two\nlines");
  expect(channel.lines).toEqual(["Sending request 'registryCache/planRotation - (7)'.", "a message", "two\nlines"]);
  expect(quiet.lines).toBe(channel.lines);
});
