import { expect, test } from "vitest";
import { readClient } from "./client.ts";
import type { FileSource } from "./file-source.ts";
import type { Outbox } from "./outbox.ts";
import { createScan } from "./scan.ts";

test("what goes wrong while folders are read costs that reading alone, and the log says where, but nothing of a file", async () => {
  const logged: string[] = [];
  const outbox: Outbox = {
    notify: () => undefined,
    tell: () => undefined,
    ask: async () => null,
    askOwn: async () => null,
    log: (message) => logged.push(message),
  };
  const read: string[] = [];
  const source: FileSource = {
    list: (folder) => {
      if (folder === "file:///broken") throw new Error("password: planted");
      return [[`${folder}/a.yaml`]];
    },
    read: () => undefined,
    settingsOf: () => undefined,
  };
  const queue = {
    add: (uris: Iterable<string>) => void read.push(...uris),
    drain: async () => undefined,
    clear: () => undefined,
  };
  const committed = { learn: async () => [], forget: () => undefined };
  const parts = { source, queue, committed, outbox, onChanged: () => undefined, ready: async () => undefined };
  const scan = createScan({ ...parts, client: readClient({}) });
  scan.addFolders(["file:///broken"]);
  await scan.settled();
  expect(logged).toEqual([expect.stringMatching(/^reading the folders failed\n\s+at /)]);
  expect(logged.join()).not.toContain("planted");
  scan.addFolders(["file:///whole"]);
  await scan.settled();
  expect([read, scan.isRunning()]).toEqual([["file:///whole/a.yaml"], false]);
});
