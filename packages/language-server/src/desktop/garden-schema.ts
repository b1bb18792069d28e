import type { ResponseError } from "vscode-jsonrpc";
import type { PulledSchema } from "../protocol/garden.ts";
import type { Session } from "../session.ts";
import type { Desktop } from "./desktop.ts";
import type { GardenLink } from "./garden-link.ts";
import { asking, failed } from "./garden-operations.ts";

/** Asks the garden that is connected for its schema, keeps it as `schema pull` does, and holds Shoots to it. */
export async function pullSchema(
  { schema }: Session,
  link: GardenLink,
  { env }: Desktop,
): Promise<PulledSchema | ResponseError> {
  const { connection } = link;
  if (connection === undefined) return failed("no garden is connected");
  return await asking(async ({ pullGardenSchema, keptGardenSchema }) => {
    const { server, context, newer, missing, unchanged } = await pullGardenSchema(connection.client, env);
    const isConnected = link.connection === connection;
    if (isConnected) schema.connected(keptGardenSchema(connection.client, env));
    // Settings may name it, too.
    schema.refresh();
    return { server, context, newer, missing, unchanged, used: isConnected && !schema.isNamed() };
  });
}
