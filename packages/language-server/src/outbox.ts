import type { MessageConnection } from "vscode-jsonrpc";

/** Sends messages to the client. A client that is gone or refuses is no error of ours. */
export interface Outbox {
  notify(method: string, params?: object): void;
  /** The client's answer; undefined when it gives none. */
  ask(method: string, params?: object): Promise<unknown>;
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
  return {
    notify,
    ask: (method, params) => connection.sendRequest<unknown>(method, params ?? null).catch(ignore),
    log: (message) => notify("window/logMessage", { type: 2, message }),
  };
}

function ignore(): undefined {
  return undefined;
}
