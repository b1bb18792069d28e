import { expect, test } from "vitest";
import type { FileSource } from "./file-source.ts";
import { createSettingsIndex } from "./settings-index.ts";

const settings = "vscode-vfs://x/a/.registry-cache.yaml";
const file = "vscode-vfs://x/a/shoot.yaml";

/** Files that take a while, as those of a web worker do. What is asked for is answered when the test says so. */
function slowFiles(texts: Map<string, string>): { readonly files: FileSource; readonly answer: () => Promise<void> } {
  let waiting: (() => void)[] = [];
  const late = <T>(value: () => T): Promise<T> =>
    new Promise((resolve) => {
      waiting.push(() => resolve(value()));
    });
  const files: FileSource = {
    list: () => [],
    read: (uri) => late(() => texts.get(uri)),
    settingsOf: () => late(() => (texts.has(settings) ? settings : undefined)),
  };
  const answer = async (): Promise<void> => {
    const now = waiting;
    waiting = [];
    for (const it of now) it();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { files, answer };
}

test("who asks for settings that are being read waits until they are", async () => {
  const { files, answer } = slowFiles(new Map([[settings, "policies: { allowedUpstreams: [gcr.io] }\n"]]));
  const index = createSettingsIndex(files);
  index.load(file);
  await answer();
  // Where they are is known by now, but not what they say.
  const known = index.load(file).then(() => index.policiesOf(file));
  await answer();
  expect(await known).toEqual({ allowedUpstreams: ["gcr.io"] });
});

test("what was read before settings changed counts no more", async () => {
  const texts = new Map([[settings, "policies: { allowedUpstreams: [old.io] }\n"]]);
  const { files, answer } = slowFiles(texts);
  const index = createSettingsIndex(files);
  const loaded = index.load(file).then(() => index.policiesOf(file));
  await answer();
  index.forget(settings);
  await answer();
  texts.set(settings, "policies: { allowedUpstreams: [new.io] }\n");
  for (let round = 0; round < 3; round += 1) await answer();
  expect(await loaded).toEqual({ allowedUpstreams: ["new.io"] });
});
