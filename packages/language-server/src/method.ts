import { type CancellationToken, ErrorCodes, ResponseError } from "vscode-jsonrpc";
import type { Position, Range } from "vscode-languageserver-protocol";
import type { Soon } from "./file-source.ts";
import { type Guard, isInteger, isString, shape } from "./guards.ts";
import type { Exchange } from "./protocol/wire.ts";
import type { Session } from "./session.ts";

/** Answers a request, or takes a notification, whose parameters have any form. */
export interface Method<in P = never, out A = unknown> {
  (session: Session, params: unknown, token: CancellationToken): A;
  /** What it takes, for the compiler alone. */
  readonly takes?: (params: P) => void;
}

/** Methods by the names that clients call them by. */
export type Methods = { readonly [name: string]: Method };

/** The methods of requests of our own: each takes what the protocol gives it, and answers what that promises. */
export type OwnMethods<R> = {
  readonly [N in keyof R]: R[N] extends Exchange<infer G, infer A> ? Method<G, Soon<Answer<A> | ResponseError>> : never;
};

/** Nothing is sent as null. */
type Answer<A> = null extends A ? A | undefined : A;

/** The codes of the protocol that JSON-RPC does not have. */
export const lspErrors = { serverNotInitialized: -32002, requestCancelled: -32800, requestFailed: -32803 } as const;

/** A method that takes parameters of one form and refuses others. */
export function method<P, A>(
  params: Guard<P>,
  answer: (session: Session, params: P, token: CancellationToken) => Soon<A>,
): Method<P, Soon<A | ResponseError>> {
  return (session, given, token) => {
    return params(given)
      ? answer(session, given, token)
      : new ResponseError(ErrorCodes.InvalidParams, "malformed parameters");
  };
}

/** The same for a method whose answer depends on other files: it waits until all of them are read. */
export function waitingMethod<P, A>(
  params: Guard<P>,
  answer: (session: Session, params: P, token: CancellationToken) => Soon<A>,
): Method<P, Soon<A | ResponseError>> {
  return method(params, async (session, given, token) => {
    await orCancelled(session.scan.settled(), token);
    if (token.isCancellationRequested) return cancelled();
    // Documents may have changed meanwhile.
    session.late.finish();
    return answer(session, given, token);
  });
}

/** Waits for something, but not longer than the client does. */
export function orCancelled(wait: Promise<void>, token: CancellationToken): Promise<void> {
  return new Promise((resolve) => {
    const listening = token.onCancellationRequested(() => resolve());
    wait.then(() => {
      listening.dispose();
      resolve();
    });
  });
}

/** What a request is answered that the client gave up. */
export function cancelled(): ResponseError {
  return new ResponseError(lspErrors.requestCancelled, "cancelled");
}

/** `{ textDocument: { uri } }` */
export interface InDocument {
  readonly textDocument: { readonly uri: string };
}

/** The same with a place in it. */
export interface AtPosition extends InDocument {
  readonly position: Position;
}

/** The same with a range of it. */
export interface InRange extends InDocument {
  readonly range: Range;
}

export const isDocumentId: Guard<InDocument["textDocument"]> = shape({ uri: isString });

export const isPosition: Guard<Position> = shape({ line: isInteger, character: isInteger });

export const isRange: Guard<Range> = shape({ start: isPosition, end: isPosition });

export const inDocument: Guard<InDocument> = shape({ textDocument: isDocumentId });

export const atPosition: Guard<AtPosition> = shape({ textDocument: isDocumentId, position: isPosition });

export const inRange: Guard<InRange> = shape({ textDocument: isDocumentId, range: isRange });
