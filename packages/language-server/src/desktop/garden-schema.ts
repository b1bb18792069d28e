import type { CancellationToken, ResponseError } from "vscode-jsonrpc";
import { cancelled } from "../method.ts";
import type { PulledSchema } from "../protocol/garden.ts";
import type { Session } from "../session.ts";
import type { Desktop } from "./desktop.ts";
import type { GardenLink } from "./garden-link.ts";
import { asking, failed } from "./garden-operations.ts";

/** Asks the garden that is connected for its schema, keeps it as `schema pull` does, and holds Shoots to it. */
export async function pullSchema(
  { schema }: Session,
  link: GardenLink,
  { desktop: { env }, token }: { readonly desktop: Desktop; readonly token: CancellationToken },
): Promise<PulledSchema | ResponseError> {
  const { connection } = link;
  if (connection === undefined) return failed("no garden is connected");
  return await asking(async ({ createStop, pullGardenSchema, keptGardenSchema }) => {
    const { client, signal: open } = connection;
    const stop = createStop({ with: open });
    const listening = token.onCancellationRequested(stop.end);
    try {
      const { server, context, newer, missing, unchanged } = await pullGardenSchema(client, env, stop);
      const isConnected = link.connection === connection;
      if (isConnected) schema.connected(keptGardenSchema(client, env));
      // Settings may name it, too.
      schema.refresh();
      return { server, context, newer, missing, unchanged, used: isConnected && !schema.isNamed() };
    } catch (error) {
      if (stop.signal.aborted) return cancelled();
      throw error;
    } finally {
      listening.dispose();
      stop.end();
    }
  });
}
