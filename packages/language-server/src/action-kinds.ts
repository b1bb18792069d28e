import type { CodeActionKind } from "vscode-languageserver-protocol";

/** An action that changes nothing and asks a registry. */
export const credentialTestKind = "registryCache.test";

/** The kinds of actions that the server offers. */
export const actionKinds: readonly CodeActionKind[] = [
  "quickfix",
  "refactor.rewrite",
  "source.fixAll.registryCache",
  credentialTestKind,
];

/** Tells whether a client that asks for some kinds wants this one. Without kinds it wants what a light bulb shows. */
export function wantsKind(only: readonly string[] | undefined | null, kind: string): boolean {
  if (only === undefined || only === null || only.length === 0) return !kind.startsWith("source");
  return only.some((it) => it === "" || kind === it || kind.startsWith(`${it}.`));
}
