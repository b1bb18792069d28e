import { ResponseError } from "vscode-jsonrpc";
import { lspErrors } from "../method.ts";
import type { Session } from "../session.ts";

/** What a request is answered that needs trusted folders where they are not; undefined where they are. */
export function refuseUntrusted({ client }: Session, consequence: string): ResponseError | undefined {
  if (client.own.trusted) return undefined;
  return new ResponseError(lspErrors.requestFailed, `the folders are not trusted, so ${consequence}`);
}
