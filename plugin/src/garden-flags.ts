import type { SessionOptions } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { FlagValues } from "./command-line.ts";
import { printable } from "./print/printable.ts";

/** What the command line says of the garden and where in it to look. */
export type GardenFlags = Pick<SessionOptions, "flags" | "requestTimeout" | "all" | "projects">;

/** Reads the flags that kubectl has for reaching a cluster, and ours for projects. */
export function readGardenFlags(values: FlagValues): GardenFlags {
  const all = values["all-namespaces"] === true;
  const projects = readTexts(values["project"]).flatMap((it) => it.split(",").map((word) => word.trim()));
  const namespace = readText(values["namespace"]);
  const where = [all, projects.length > 0, namespace !== undefined].filter((it) => it);
  if (projects.includes("")) throw new CliError("--project takes names of projects, not an empty one");
  if (namespace === "") throw new CliError("-n takes the name of a namespace, not an empty one");
  if (where.length > 1) throw new CliError("-A, -n and --project do not go together");
  return { flags: readConnection(values), requestTimeout: readTimeout(values), all, projects };
}

/** Refuses names of Shoots beside -A: in which project they are is then not said, and kubectl refuses it too. */
export function refuseNamesEverywhere(names: readonly string[], { all }: Pick<GardenFlags, "all">): void {
  if (!all || names.length === 0) return;
  throw new CliError("-A and names of Shoots do not go together, say where they are by -n or --project");
}

function readConnection(values: FlagValues): SessionOptions["flags"] {
  const texts = {
    kubeconfig: readText(values["kubeconfig"]),
    context: readText(values["context"]),
    cluster: readText(values["cluster"]),
    user: readText(values["user"]),
    namespace: readText(values["namespace"]),
    server: readText(values["server"]),
    token: readText(values["token"]),
    certificateAuthority: readText(values["certificate-authority"]),
    clientCertificate: readText(values["client-certificate"]),
    clientKey: readText(values["client-key"]),
    tlsServerName: readText(values["tls-server-name"]),
    as: readText(values["as"]),
    asUid: readText(values["as-uid"]),
  };
  const given = Object.fromEntries(Object.entries(texts).filter(([, it]) => it !== undefined));
  const asGroups = readTexts(values["as-group"]);
  const asUserExtra = readUserExtra(readTexts(values["as-user-extra"]));
  return {
    ...given,
    ...(asGroups.length > 0 && { asGroups }),
    ...(asUserExtra.size > 0 && { asUserExtra }),
    ...(values["insecure-skip-tls-verify"] === true && { insecureSkipTlsVerify: true }),
  };
}

/** Values of one key are kept together, in their order. */
function readUserExtra(texts: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const extra = new Map<string, readonly string[]>();
  for (const text of texts) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (key === undefined || value === undefined)
      throw new CliError(`--as-user-extra takes KEY=VALUE, not "${printable(text)}"`);
    extra.set(key, [...(extra.get(key) ?? []), value]);
  }
  return extra;
}

/** The text of a flag, or undefined. */
export function readText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function readTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((it) => typeof it === "string") : [];
}

const units: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function readTimeout({ "request-timeout": value }: FlagValues): number {
  const text = readText(value) ?? "0";
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  const plain = /^\d+$/.test(text);
  if (!plain && (parts.length === 0 || parts.map(([it]) => it).join("") !== text))
    throw new CliError(`--request-timeout takes a duration such as 10s, not "${text}"`);
  if (plain) return Number(text) * 1000;
  return parts.reduce((sum, [, number, unit = ""]) => sum + Number(number) * (units[unit] ?? 0), 0);
}
