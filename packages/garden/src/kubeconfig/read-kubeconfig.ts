import { isAbsolute, join, sep } from "node:path";
import { parseYaml, toValue } from "@registry-cache/core";
import { FieldProblem, type FieldReader, readFields } from "./fields.ts";
import {
  type Cluster,
  type Context,
  type ExecConfig,
  emptyKubeconfig,
  type Impersonation,
  type Kubeconfig,
  noCluster,
  noImpersonation,
  noUser,
  type User,
} from "./kubeconfig.ts";

/** Reads one kubeconfig; relative paths in it are relative to `folder`. Throws a `FieldProblem` where kubectl would refuse it. */
export function readKubeconfig(text: string, folder: string): Kubeconfig {
  const [document] = parseYaml(text);
  const problem = document?.problems.find((it) => it.kind !== "duplicate-key");
  // What the parser says of it may quote a token.
  if (problem) throw new FieldProblem(`line ${lineOf(text, problem.span.start)} cannot be read as YAML`);
  if (document?.root === undefined) return emptyKubeconfig;
  const file = readFields(toValue(document.root), "");
  const [apiVersion, kind] = [file.text("apiVersion") || "v1", file.text("kind") || "Config"];
  if (kind !== "Config" || apiVersion !== "v1")
    throw new FieldProblem(`it is a ${kind} of ${apiVersion}, no kubeconfig`);
  return {
    currentContext: file.text("current-context"),
    clusters: named(file, "clusters", "cluster", (it) => readCluster(it, folder)),
    users: named(file, "users", "user", (it) => readUser(it, folder)),
    contexts: named(file, "contexts", "context", readContext),
  };
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function named<T>(
  file: FieldReader,
  list: string,
  field: string,
  read: (fields: FieldReader) => T,
): ReadonlyMap<string, T> {
  const entries = new Map<string, T>();
  for (const item of file.list(list)) {
    const name = item.text("name");
    if (entries.has(name)) throw new FieldProblem(`${list} has the name "${name}" twice`);
    entries.set(name, read(item.map(field) ?? readFields({}, field)));
  }
  return entries;
}

function readCluster(it: FieldReader, folder: string): Cluster {
  const extension = it.list("extensions").find((each) => each.text("name") === "client.authentication.k8s.io/exec");
  return {
    ...noCluster,
    server: it.text("server"),
    tlsServerName: it.text("tls-server-name"),
    insecureSkipTlsVerify: it.flag("insecure-skip-tls-verify"),
    certificateAuthority: resolvePath(it.text("certificate-authority"), folder),
    certificateAuthorityData: it.text("certificate-authority-data"),
    proxyUrl: it.text("proxy-url"),
    disableCompression: it.flag("disable-compression"),
    execConfig: extension?.value("extension"),
  };
}

function readUser(it: FieldReader, folder: string): User {
  const exec = it.map("exec");
  return {
    ...noUser,
    clientCertificate: resolvePath(it.text("client-certificate"), folder),
    clientCertificateData: it.text("client-certificate-data"),
    clientKey: resolvePath(it.text("client-key"), folder),
    clientKeyData: it.text("client-key-data"),
    token: it.text("token"),
    tokenFile: resolvePath(it.text("tokenFile"), folder),
    username: it.text("username"),
    password: it.text("password"),
    impersonation: readImpersonation(it),
    exec: exec && readExec(exec, folder),
    authProvider: it.map("auth-provider")?.text("name") ?? "",
  };
}

function readImpersonation(it: FieldReader): Impersonation {
  const extra = it.map("as-user-extra");
  return {
    ...noImpersonation,
    user: it.text("as"),
    uid: it.text("as-uid"),
    groups: it.texts("as-groups"),
    extra: new Map((extra?.names ?? []).map((name) => [name, extra?.texts(name) ?? []])),
  };
}

function readExec(it: FieldReader, folder: string): ExecConfig {
  const command = it.text("command");
  return {
    apiVersion: it.text("apiVersion"),
    // A bare name is looked up in PATH; what has a separator is a path.
    command: command.includes(sep) ? resolvePath(command, folder) : command,
    args: it.texts("args"),
    env: it.list("env").map((each) => ({ name: each.text("name"), value: each.text("value") })),
    installHint: it.text("installHint"),
    provideClusterInfo: it.flag("provideClusterInfo"),
    interactiveMode: it.text("interactiveMode"),
  };
}

function readContext(it: FieldReader): Context {
  return { cluster: it.text("cluster"), user: it.text("user"), namespace: it.text("namespace") };
}

function resolvePath(path: string, folder: string): string {
  return path === "" || isAbsolute(path) ? path : join(folder, path);
}
