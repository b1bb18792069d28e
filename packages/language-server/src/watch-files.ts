import { settingsFileName } from "@registry-cache/core";
import type { Session } from "./session.ts";

/** Asks the client to tell of manifests and settings that change on disk, where it can. */
export function watchFiles({ client, outbox }: Session): void {
  if (!client.watchesFiles) return;
  const watchers = ["**/*.{yaml,yml,json}", `**/${settingsFileName}`].map((globPattern) => ({ globPattern }));
  const method = "workspace/didChangeWatchedFiles";
  outbox.ask("client/registerCapability", {
    registrations: [{ id: "registry-cache/files", method, registerOptions: { watchers } }],
  });
}
