import { ProgressLocation, window } from "vscode";
import type { LanguageServer } from "./language-server.ts";
import { ask, type OwnRequests } from "./protocol.ts";
import { messageOf, tellError, tellInfo } from "./tell.ts";

/** Asks the server while a progress shows, which can be cancelled; undefined when it was. What the server refuses is thrown. */
async function askWithProgress<N extends keyof OwnRequests>(
  server: LanguageServer,
  title: string,
  name: N,
  given: OwnRequests[N]["given"],
): Promise<OwnRequests[N]["answer"] | undefined> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return await window.withProgress(options, async (_, token) => {
    try {
      return await ask(await server.start(), name, given, token);
    } catch (error) {
      if (!token.isCancellationRequested) throw error;
      // What says more than that tells how far it came.
      if (!isCancelled(error)) tellInfo(messageOf(error));
      return undefined;
    }
  });
}

/** Asks for a command: a `title` shows progress, and what the server refuses is shown in its own words. */
export async function askOrTell<N extends keyof OwnRequests>(
  server: LanguageServer,
  title: string | undefined,
  ...[name, given]: [name: N, given: OwnRequests[N]["given"]]
): Promise<OwnRequests[N]["answer"] | undefined> {
  try {
    // What is answered at once shows no progress: it would only flash up.
    if (title === undefined) return await ask(await server.start(), name, given);
    return await askWithProgress(server, title, name, given);
  } catch (error) {
    tellError(error);
    return undefined;
  }
}

/** The code that the protocol has for a request that was given up. */
const requestCancelled = -32800;

function isCancelled(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === requestCancelled;
}
