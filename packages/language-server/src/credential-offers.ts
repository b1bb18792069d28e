import { type CredentialTest, credentialTests, overlaps, type Span } from "@registry-cache/core";
import type { CodeAction, CodeLens, Command } from "vscode-languageserver-protocol";
import { credentialTestKind, wantsKind } from "./action-kinds.ts";
import type { ReadDocument } from "./in-document.ts";
import type { Session } from "./session.ts";
import { rangeOf } from "./text-buffer.ts";

/** The command behind what is offered here: of the client, or of the server for a client that has none. */
export const testCredentialCommand = "registryCache.testCredential";

/** A line above each credential that tries it, for a client that has the command and trusts the folders. */
export function credentialLenses(session: Session, document: ReadDocument): readonly CodeLens[] {
  return offers(session, document)
    .filter((it) => it.hasCredential)
    .map((it) => ({ range: rangeOf(document.buffer, it.span), command: toCommand(it) }));
}

/** The same as actions, also for an upstream that asks for no credential. */
export function credentialActions(
  session: Session,
  document: ReadDocument,
  span: Span,
  only: readonly string[] | undefined | null,
): readonly CodeAction[] {
  if (!wantsKind(only, credentialTestKind)) return [];
  return offers(session, document)
    .filter((it) => overlaps(it.span, span) || (it.span.start <= span.start && span.end <= it.span.end))
    .map(toCommand)
    .map((command) => ({ title: command.title, kind: credentialTestKind, command }));
}

function offers({ client, files }: Session, { file }: ReadDocument): readonly CredentialTest[] {
  const { commands, trusted } = client.own;
  return trusted && commands.has(testCredentialCommand) ? credentialTests(file, files.workspace) : [];
}

function toCommand({ target, hasCredential }: CredentialTest): Command {
  const title = hasCredential ? "Test this credential" : "Test this upstream";
  return { title, command: testCredentialCommand, arguments: [target] };
}
