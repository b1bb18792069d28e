import { commands, type Disposable, l10n, type QuickPickItem, window, workspace } from "vscode";
import type { Parts } from "./activate.ts";
import { askOrTell } from "./ask-with-progress.ts";
import type { Credential, UsedCredential } from "./protocol.ts";
import { registerRotationPreview, type ShowRotation } from "./rotation-preview.ts";
import { testLogin } from "./test-login.ts";

/** Makes `registryCache.rotateCredential` known: asks for the new login, shows what changes, and writes it as `rotate -f` does. */
export function registerRotateCredential(parts: Parts): Disposable {
  const show = registerRotationPreview(parts.documents);
  return commands.registerCommand("registryCache.rotateCredential", async () => {
    const secret = await pickSecret(parts);
    const credential = secret && (await askCredential(parts, secret));
    if (!secret || !credential) return;
    if ((await testLogin(parts, secret, credential)) && (await saveAll()))
      await rotate(parts, show, { secret, credential });
  });
}

interface Rotation {
  readonly secret: UsedCredential;
  readonly credential: Credential;
}

async function rotate({ server }: Parts, show: ShowRotation, { secret, credential }: Rotation): Promise<void> {
  const given = { name: secret.name, ...(secret.namespace && { namespace: secret.namespace }), credential };
  const planning = l10n.t("Planning the rotation of {0}", secret.name);
  const plan = await askOrTell(server, planning, "registryCache/planRotation", given);
  if (!plan || !(await show(plan))) return;
  const writing = l10n.t("Rotating {0}", secret.name);
  const written = await askOrTell(server, writing, "registryCache/carryOutRotation", { ...given, to: plan.to });
  if (!written) return;
  const message = l10n.t(
    "{0} is in {1} files now. Deploy them, wait until every Shoot has reconciled, then finish the rotation.",
    plan.to,
    written.length,
  );
  const showRotations = l10n.t("Show Rotations");
  if ((await window.showInformationMessage(message, showRotations)) === showRotations)
    await commands.executeCommand("registryCache.rotations.focus");
}

/** The Secret to be rotated, of those that caches of the workspace log in with. */
async function pickSecret({ server }: Parts): Promise<UsedCredential | undefined> {
  const known = await askOrTell(server, undefined, "registryCache/credentials", undefined);
  if (known?.length === 0) {
    void window.showInformationMessage(
      l10n.t("No cache of this workspace logs in with a Secret that is in its files."),
    );
  }
  if (!known || known.length === 0) return undefined;
  const items = known.map((secret): QuickPickItem & { readonly secret: UsedCredential } => ({
    label: secret.name,
    description: [secret.namespace, secret.form === "Secret" ? undefined : secret.form].filter(Boolean).join(" "),
    detail: l10n.t("{0}, used by Shoots: {1}", secret.upstreams.join(", "), secret.shootCount),
    secret,
  }));
  const placeHolder = l10n.t("The Secret to rotate");
  return (await window.showQuickPick(items, { title: rotateTitle(), placeHolder, matchOnDetail: true }))?.secret;
}

async function askCredential({ server }: Parts, { name, namespace }: UsedCredential): Promise<Credential | undefined> {
  const asked = { name, ...(namespace && { namespace }) };
  const old = await askOrTell(server, undefined, "registryCache/oldUsername", asked);
  if (!old) return undefined;
  const username = await askText(l10n.t("The new username"), { value: old.username ?? "", step: 1 });
  const password =
    username && (await askText(l10n.t("The new password of {0}", username), { password: true, step: 2 }));
  return username && password ? { username, password } : undefined;
}

interface TextOptions {
  readonly value?: string;
  readonly password?: boolean;
  readonly step: number;
}

function askText(prompt: string, { step, ...options }: TextOptions): Thenable<string | undefined> {
  return window.showInputBox({
    ...options,
    title: `${rotateTitle()} (${step}/2)`,
    prompt,
    ignoreFocusOut: true,
    validateInput: (text) => (text === "" ? l10n.t("This must not be empty") : undefined),
  });
}

/** The plan is made of the files on disk: what is not saved would be left behind. */
async function saveAll(): Promise<boolean> {
  const unsaved = workspace.textDocuments.filter(
    (it) => it.isDirty && it.languageId === "yaml" && it.uri.scheme === "file",
  );
  if (unsaved.length === 0) return true;
  const save = l10n.t("Save All and Go On");
  const detail = unsaved.map((it) => workspace.asRelativePath(it.uri)).join("\n");
  const message = l10n.t("The rotation is planned from the saved files, and some are not saved.");
  if ((await window.showWarningMessage(message, { modal: true, detail }, save)) !== save) return false;
  return await workspace.saveAll(false);
}

function rotateTitle(): string {
  return l10n.t("Rotate Credential");
}
