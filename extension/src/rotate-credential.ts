import { commands, type Disposable, l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import type { Parts } from "./activate.ts";
import { askNewValues, nameOf } from "./ask-new-values.ts";
import { rotateTitle } from "./ask-text.ts";
import { askOrTell } from "./ask-with-progress.ts";
import type { NewSecretValues, UsedCredential } from "./protocol.ts";
import { registerRotationPreview, type ShowRotation } from "./rotation-preview.ts";
import { testLogin } from "./test-login.ts";
import { isTrustedFor } from "./trust.ts";

/** Makes `registryCache.rotateCredential` known: asks for the new login, shows what changes, and writes it as `rotate -f` does. */
export function registerRotateCredential(parts: Parts): Disposable {
  const show = registerRotationPreview(parts.documents);
  return commands.registerCommand("registryCache.rotateCredential", async () => {
    if (!(await isTrustedFor(l10n.t("a rotation writes files, and may start kubeseal or sops")))) return;
    const secret = await pickSecret(parts);
    if (!secret || !(await saveAll()) || !(await isPossible(parts, secret))) return;
    const values = await askNewValues(parts, secret);
    if (!values) return;
    const { credential } = values;
    if (credential && !(await testLogin(parts, secret, credential))) return;
    if (await saveAll()) await rotate(parts, show, { secret, values });
  });
}

interface Rotation {
  readonly secret: UsedCredential;
  readonly values: NewSecretValues;
}

/** Nobody is asked for a login that could not be used. What an ExternalSecret needs is asked first. */
async function isPossible({ server }: Parts, secret: UsedCredential): Promise<boolean> {
  if (secret.form === "ExternalSecret") return true;
  const looking = l10n.t("Looking at what uses {0}", secret.name);
  return (await askOrTell(server, looking, "registryCache/planRotation", nameOf(secret))) !== undefined;
}

async function rotate({ server }: Parts, show: ShowRotation, { secret, values }: Rotation): Promise<void> {
  const given = { ...nameOf(secret), ...values };
  const planning = l10n.t("Planning the rotation of {0}", secret.name);
  const plan = await askOrTell(server, planning, "registryCache/planRotation", given);
  if (!plan || !(await show(plan))) return;
  const writing = l10n.t("Rotating {0}", secret.name);
  const certificate = certificateSetting();
  const order = { ...given, to: plan.to, ...(certificate && { certificate }) };
  const written = await askOrTell(server, writing, "registryCache/carryOutRotation", order);
  if (!written) return;
  const showRotations = l10n.t("Show Rotations");
  const message = writtenText(secret, plan.to, written.length);
  if ((await window.showInformationMessage(message, showRotations)) === showRotations)
    await commands.executeCommand("registryCache.rotations.focus");
}

function writtenText({ form }: UsedCredential, to: string, count: number): string {
  return form === "ExternalSecret"
    ? l10n.t(
        "{0} is in {1} files now. Put the new values into the store, deploy the files, wait until every Shoot has reconciled, then finish the rotation.",
        to,
        count,
      )
    : l10n.t(
        "{0} is in {1} files now. Deploy them, wait until every Shoot has reconciled, then finish the rotation.",
        to,
        count,
      );
}

/** A path counts from the first folder. */
function certificateSetting(): string | undefined {
  const given = workspace.getConfiguration("registryCache").get<string>("sealing.certificate", "");
  const [folder] = workspace.workspaceFolders ?? [];
  if (given === "" || /^([a-z]+:|\/)/i.test(given) || !folder) return given || undefined;
  return Uri.joinPath(folder.uri, given).fsPath;
}

/** The Secret to be rotated, of those that caches of the workspace log in with. */
async function pickSecret({ server }: Parts): Promise<UsedCredential | undefined> {
  const known = await askOrTell(server, undefined, "registryCache/credentials", undefined);
  if (known?.length === 0) {
    void window.showInformationMessage(l10n.t("No cache here logs in with a Secret of these files."));
  }
  if (!known || known.length === 0) return undefined;
  const items = known.map((secret): QuickPickItem & { readonly secret: UsedCredential } => ({
    label: secret.name,
    description: [secret.namespace, secret.form === "Secret" ? undefined : secret.form].filter(Boolean).join(" "),
    detail: describe(secret),
    secret,
  }));
  const placeHolder = l10n.t("The Secret to rotate");
  return (await window.showQuickPick(items, { title: rotateTitle(), placeHolder, matchOnDetail: true }))?.secret;
}

function describe({ upstreams, shootCount }: UsedCredential): string {
  const logsIn = upstreams.join(", ");
  return shootCount === 1
    ? l10n.t("{0}, for the caches of 1 Shoot", logsIn)
    : l10n.t("{0}, for the caches of {1} Shoots", logsIn, shootCount);
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
