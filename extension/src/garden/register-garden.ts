import { Disposable, workspace } from "vscode";
import type { Parts } from "../activate.ts";
import { registerGardenCommands } from "./garden-commands.ts";
import { GardenConnection } from "./garden-connection.ts";
import { GardenMemory } from "./garden-memory.ts";
import { type GardenStatus, showGardenStatus } from "./garden-status.ts";
import { type GardenView, showGardenTree } from "./garden-view.ts";

/** The garden as a person meets it. */
export interface GardenFeature {
  readonly connection: GardenConnection;
  readonly status: GardenStatus;
  readonly view: GardenView;
}

/** Registers all about a garden. Where a person asked for it, the garden is connected as soon as the server runs. */
export function registerGarden({ context, server, documents }: Parts): Disposable {
  const connection = new GardenConnection(server);
  const memory = new GardenMemory(context);
  const status = showGardenStatus(connection);
  const view = showGardenTree(connection);
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
    status,
    view,
    registerGardenCommands({ server, connection, memory }),
    connection.onDidChange(() => documents.refresh("garden")),
    server.onDidChangeState(connectRemembered),
  );
}
