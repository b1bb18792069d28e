import Module, { createRequire } from "node:module";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const bundle = fileURLToPath(new URL("../../extension/dist/extension.cjs", import.meta.url));

/** Stands for anything of VS Code that is called, made or read, and never waits. */
const anything: object = new Proxy(class {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => "" : name === "then" ? undefined : anything),
  apply: () => anything,
  construct: () => anything,
  set: () => true,
});

/** What VS Code would be if a Shoot was open; it counts the looks at open texts. */
function vscodeWithShoot() {
  const seen = { texts: 0 };
  const shoot = {
    languageId: "yaml",
    uri: { path: "/shoot.yaml", toString: () => "file:///shoot.yaml" },
    getText: () => {
      seen.texts += 1;
      return "kind: Shoot\n";
    },
  };
  const workspace = new Proxy(anything, { get: (_, name) => (name === "textDocuments" ? [shoot] : anything) });
  const window = new Proxy(anything, { get: (_, name) => (name === "activeTextEditor" ? undefined : anything) });
  const extensions = { getExtension: () => undefined };
  const own = { workspace, window, extensions, __esModule: true };
  const vscode = new Proxy(anything, { get: (_, name) => (name in own ? Reflect.get(own, name) : anything) });
  return { vscode, seen };
}

test("activation returns before open texts are looked at, the client's library is loaded or a server is started", async () => {
  const { vscode, seen } = vscodeWithShoot();
  const loaded: string[] = [];
  const load = Reflect.get(Module, "_load") as (name: string, ...more: unknown[]) => unknown;
  Reflect.set(Module, "_load", (name: string, ...more: unknown[]) => {
    if (name === "vscode") return vscode;
    loaded.push(basename(name));
    // The library would start the server.
    return basename(name) === "client.cjs" ? { createClient: () => anything } : load(name, ...more);
  });
  onTestFinished(() => void Reflect.set(Module, "_load", load));
  const { activate } = createRequire(import.meta.url)(bundle);
  loaded.length = 0;
  activate({ subscriptions: [], extension: {}, extensionUri: {}, workspaceState: anything, globalState: anything });
  // What awaits nothing but promises is done by then.
  await Promise.resolve().then(() => Promise.resolve());
  expect([seen.texts, loaded]).toEqual([0, []]);
  await expect.poll(() => loaded).toEqual(["client.cjs"]);
  expect(seen.texts).toBeGreaterThan(0);
});
