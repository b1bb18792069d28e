import { rulePage, rules } from "@registry-cache/core";
import { ErrorCodes, ResponseError } from "vscode-jsonrpc";
import { chainRequests } from "./chain-requests.ts";
import { fixActions } from "./code-actions.ts";
import { completion } from "./completion.ts";
import { credentialActions } from "./credential-offers.ts";
import { isString, listOf, optional, shape } from "./guards.ts";
import { readDocument } from "./in-document.ts";
import { isDocumentId, isRange, type Methods, method, type OwnMethods, waitingMethod } from "./method.ts";
import { navigation } from "./navigation.ts";
import { outline } from "./outline.ts";
import type { CommonRequests } from "./protocol/messages.ts";
import { pullDocument, pullWorkspace } from "./pull-diagnostics.ts";
import { actionResolve, rotationActions } from "./rotation-actions.ts";
import { rotationRequests } from "./rotation-requests.ts";
import { spanOf } from "./text-buffer.ts";
import { canonicalUri } from "./uri.ts";

const isPrevious = shape({ uri: isString, value: isString });

const ownRequests: OwnMethods<CommonRequests> = {
  ...chainRequests,
  ...rotationRequests,
  "registryCache/rulePage": method(shape({ code: isString }), (_, { code }) => {
    const rule = rules.find((it) => it.code === code);
    return rule === undefined ? new ResponseError(ErrorCodes.InvalidParams, "there is no such rule") : rulePage(rule);
  }),
};

/** What clients ask, by name. */
export const requests: Methods = {
  ...navigation,
  ...outline,
  ...completion,
  ...actionResolve,
  ...ownRequests,
  "textDocument/diagnostic": method(
    shape({ textDocument: isDocumentId, previousResultId: optional(isString) }),
    async (session, { textDocument, previousResultId }) => {
      // In a worker settings take a while. A document is judged when they are known: before, it would have no findings.
      await session.settings.load(canonicalUri(textDocument.uri));
      await session.schema.settled();
      return pullDocument(session, textDocument.uri, previousResultId ?? undefined);
    },
  ),
  "workspace/diagnostic": waitingMethod(
    shape({ previousResultIds: listOf(isPrevious) }),
    (session, { previousResultIds }, token) => pullWorkspace(session, previousResultIds, token),
  ),
  "textDocument/codeAction": method(
    shape({
      textDocument: isDocumentId,
      range: isRange,
      context: shape({ only: optional(listOf(isString)) }),
    }),
    (session, { textDocument, range, context }) => {
      const document = readDocument(session, textDocument.uri);
      if (document === undefined || !session.client.actions) return [];
      const span = spanOf(document.buffer, range);
      return [
        ...fixActions(session, document, span, context.only),
        ...rotationActions(session, document, span, context.only),
        ...credentialActions(session, document, span, context.only),
      ];
    },
  ),
};
