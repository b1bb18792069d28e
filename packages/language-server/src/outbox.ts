import type { MessageConnection } from "vscode-jsonrpc";
import type { ClientRequests, OwnNotifications } from "./protocol/messages.ts";

/** Sends messages to the client. A client that is gone or refuses is no error of ours. */
export interface Outbox {
  notify(method: string, params?: object): void;
  /** The same for a notification of our own. */
  tell<N extends keyof OwnNotifications>(name: N, params: OwnNotifications[N]): void;
  /** The client's answer; undefined when it gives none. */
  ask(method: string, params?: object): Promise<unknown>;
  /** The same for a request of our own. What a client answers is never certain. */
  askOwn<N extends keyof ClientRequests>(name: N, given: ClientRequests[N]["given"]): Promise<unknown>;
  /** A line for the log of the editor, which never holds anything of a document. */
  log(message: string): void;
}

/** Makes the outbox of a connection. */
export function createOutbox(connection: MessageConnection): Outbox {
  const notify = (method: string, params?: object): void => {
    const sent =
      params === undefined ? connection.sendNotification(method) : connection.sendNotification(method, params);
    sent.catch(ignore);
  };
  const ask = (method: string, params?: object): Promise<unknown> =>
    connection.sendRequest<unknown>(method, params ?? null).catch(ignore);
  return {
    notify,
    tell: notify,
    ask,
    askOwn: ask,
    log: (message) => notify("window/logMessage", { type: 2, message }),
  };
}

function ignore(): undefined {
  return undefined;
}
