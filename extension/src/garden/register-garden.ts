import { Disposable, workspace } from "vscode";
import type { Parts } from "../activate.ts";
import type { RuntimePreview } from "../runtime-preview.ts";
import { compareWithGarden } from "./compare-with-garden.ts";
import { type GardenParts, registerGardenCommands } from "./garden-commands.ts";
import { GardenConnection } from "./garden-connection.ts";
import { GardenMemory } from "./garden-memory.ts";
import { gardenRotations } from "./garden-rotations.ts";
import { showGardenStatus } from "./garden-status.ts";
import { showGardenTree } from "./garden-view.ts";
import { registerPullGardenSchema } from "./pull-garden-schema.ts";

/** Registers all about a garden. Where a person asked for it, the garden is connected as soon as the server runs. */
export function registerGarden({ context, server, documents, rotations }: Parts, preview: RuntimePreview): Disposable {
  const connection = new GardenConnection(server);
  const memory = new GardenMemory(context);
  const parts: GardenParts = { server, connection, memory };
  const pending = gardenRotations(parts);
  documents.serve("garden", ({ path }) => {
    const [, namespace = "", name = ""] = /\/([^/]+)\/([^/]+)\.yaml$/.exec(path) ?? [];
    return connection.shootText({ namespace, name });
  });
  const connectRemembered = () => {
    const { target } = memory;
    if (!target || connection.target || !workspace.isTrusted || server.state !== "running") return;
    void connection.connect({ ...target, patient: true }).catch(() => {});
  };
  return Disposable.from(
    connection,
    showGardenStatus(connection),
    showGardenTree(connection),
    registerGardenCommands(parts),
    registerPullGardenSchema(parts, documents),
    rotations.add(pending),
    compareWithGarden(connection, preview),
    pending,
    connection.onDidChange(() => documents.refresh("garden")),
    server.onDidChangeState(connectRemembered),
  );
}
