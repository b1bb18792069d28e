import { type CancellationToken, ProgressLocation, window } from "vscode";
import type { GardenConnection } from "./garden-connection.ts";

/**
 * Does something that may mean to log in, while a progress shows that can be cancelled; undefined when it was. What the program
 * that logs in says, such as where to go, is shown in it.
 */
export async function whileLoggingIn<T>(
  connection: GardenConnection,
  title: string,
  work: (token: CancellationToken) => Promise<T>,
): Promise<T | undefined> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return await window.withProgress(options, async (progress, token) => {
    const listening = connection.onDidSay((message) => progress.report({ message }));
    try {
      return await work(token);
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    } finally {
      listening.dispose();
    }
  });
}
