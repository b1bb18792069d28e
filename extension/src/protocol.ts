import type { ClientRequests, OwnNotifications, OwnRequests } from "@registry-cache/language-server/protocol";
import type { CancellationToken, Disposable } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

export type * from "@registry-cache/language-server/protocol";

/** Asks the server something of our own. */
export function ask<N extends keyof OwnRequests>(
  client: BaseLanguageClient,
  name: N,
  given: OwnRequests[N]["given"],
  token?: CancellationToken,
): Promise<OwnRequests[N]["answer"]> {
  return client.sendRequest(name, given, token);
}

/** Hears what the server tells by a notification of our own. */
export function hear<N extends keyof OwnNotifications>(
  client: BaseLanguageClient,
  name: N,
  take: (params: OwnNotifications[N]) => void,
): Disposable {
  return client.onNotification(name, take);
}

/** Answers what a server without a disk asks. */
export function answer<N extends keyof ClientRequests>(
  client: BaseLanguageClient,
  name: N,
  reply: (given: ClientRequests[N]["given"]) => Promise<ClientRequests[N]["answer"]>,
): Disposable {
  return client.onRequest<unknown, void>(name, reply);
}
