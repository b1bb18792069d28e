import { l10n, type QuickPickItem, window } from "vscode";
import type { Parts } from "./activate.ts";
import { askOrTell } from "./ask-with-progress.ts";
import type { Credential, UsedCredential } from "./protocol.ts";

/** Tries a new login at all upstreams of a Secret, when the person wants that. False where the rotation is not to go on. */
export async function testLogin({ server }: Parts, secret: UsedCredential, credential: Credential): Promise<boolean> {
  const test = await wantsTest(secret);
  if (test !== true) return test === false;
  const { name, namespace } = secret;
  const target = { of: "secret", name, ...(namespace && { namespace }) } as const;
  const title = l10n.t("Testing the new login at {0}", secret.upstreams.join(", "));
  const verdict = await askOrTell(server, title, "registryCache/testCredential", { target, credential });
  if (!verdict) return false;
  if (verdict.severity === "info") return true;
  const anyway = l10n.t("Rotate Anyway");
  const options = { modal: true, ...(verdict.details ? { detail: verdict.details } : {}) };
  return (await window.showWarningMessage(verdict.message, options, anyway)) === anyway;
}

/** Undefined where the person gave up. */
async function wantsTest({ upstreams }: UsedCredential): Promise<boolean | undefined> {
  const items: readonly (QuickPickItem & { readonly test: boolean })[] = [
    { label: l10n.t("Test the login first"), detail: l10n.t("Logs in once at {0}", upstreams.join(", ")), test: true },
    { label: l10n.t("Go on without a test"), test: false },
  ];
  const placeHolder = l10n.t("A wrong login would stop every pull through the cache");
  return (await window.showQuickPick(items, { title: l10n.t("Rotate Credential"), placeHolder, ignoreFocusOut: true }))
    ?.test;
}
