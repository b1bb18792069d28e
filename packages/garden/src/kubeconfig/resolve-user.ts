import { readFileSync } from "node:fs";
import { explainError } from "../explain-error.ts";
import { GardenError } from "../garden-error.ts";
import type { ConnectionFlags } from "./access.ts";
import type { ExecConfig, Impersonation, User } from "./kubeconfig.ts";

/** Joins a user with the flags, reads its certificate, and refuses what kubectl refuses. */
export function resolveUser(user: User, flags: ConnectionFlags, name: string): User {
  const joined = withFlags(user, flags);
  const methods = [joined.token || joined.tokenFile ? "token" : "", joined.username ? "basic auth" : ""];
  if (methods.every((it) => it !== ""))
    throw refuse(name, `has more than one way to log in (${methods.join(", ")}); keep one`);
  if (joined.authProvider !== "" && !joined.token && !joined.tokenFile)
    throw refuse(name, oldProvider(joined.authProvider));
  if (joined.exec !== undefined) checkExec(joined.exec, name);
  checkImpersonation(joined.impersonation);
  return withCertificate(joined, name);
}

function withFlags(user: User, flags: ConnectionFlags): User {
  const { as = "", asUid = "", asGroups = [], asUserExtra = new Map() } = flags;
  const old = user.impersonation;
  return {
    ...user,
    ...(flags.token ? { token: flags.token, tokenFile: "", username: "", password: "" } : {}),
    ...(flags.username ? { username: flags.username, password: flags.password ?? "", token: "", tokenFile: "" } : {}),
    ...(flags.clientCertificate ? { clientCertificate: flags.clientCertificate, clientCertificateData: "" } : {}),
    ...(flags.clientKey ? { clientKey: flags.clientKey, clientKeyData: "" } : {}),
    impersonation: {
      user: as || old.user,
      uid: asUid || old.uid,
      groups: asGroups.length > 0 ? asGroups : old.groups,
      extra: asUserExtra.size > 0 ? asUserExtra : old.extra,
    },
  };
}

function oldProvider(name: string): string {
  const plugin = name === "oidc" ? "kubectl oidc-login (kubelogin)" : "the exec plugin that replaced it";
  return `uses the legacy auth provider "${name}", which only kubectl has; move to ${plugin}`;
}

function checkExec({ command, apiVersion, interactiveMode }: ExecConfig, name: string): void {
  const modes = ["", "Never", "IfAvailable", "Always"];
  if (command === "") throw refuse(name, "has an exec plugin without a command");
  if (apiVersion === "") throw refuse(name, "has an exec plugin without an apiVersion");
  if (apiVersion !== execGroup("v1") && apiVersion !== execGroup("v1beta1"))
    throw refuse(
      name,
      `has an exec plugin of apiVersion "${apiVersion}"; known are ${execGroup("v1")} and ${execGroup("v1beta1")}`,
    );
  if (!modes.includes(interactiveMode))
    throw refuse(name, `has an exec plugin with the unknown interactiveMode "${interactiveMode}"`);
  if (interactiveMode === "" && apiVersion === execGroup("v1"))
    throw refuse(name, "has an exec plugin without an interactiveMode, which v1 requires");
}

function execGroup(version: string): string {
  return `client.authentication.k8s.io/${version}`;
}

function checkImpersonation({ user, uid, groups, extra }: Impersonation): void {
  if (user !== "" || (uid === "" && groups.length === 0 && extra.size === 0)) return;
  throw new GardenError(
    "config",
    "groups, a uid or extra fields can only be impersonated together with a user; add --as",
  );
}

function withCertificate(user: User, name: string): User {
  const certificate = inline(user.clientCertificateData, user.clientCertificate, "client-certificate", name);
  const key = inline(user.clientKeyData, user.clientKey, "client-key", name);
  if ((certificate === "") !== (key === ""))
    throw refuse(
      name,
      `has a client ${certificate === "" ? "key without a certificate" : "certificate without a key"}`,
    );
  return { ...user, clientCertificate: "", clientKey: "", clientCertificateData: certificate, clientKeyData: key };
}

/** The PEM text, from base64 or from a file. */
function inline(data: string, file: string, what: string, name: string): string {
  if (data !== "") return Buffer.from(data, "base64").toString("latin1");
  if (file === "") return "";
  try {
    return readFileSync(file, "latin1");
  } catch (error) {
    throw refuse(name, `names the ${what} "${file}", which cannot be read: ${explainError(error)}`);
  }
}

function refuse(name: string, why: string): GardenError {
  return new GardenError("config", `user "${name}" ${why}`);
}
