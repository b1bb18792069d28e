import { passwordInConfig, usernameInConfig } from "@registry-cache/core";
import type { Credentials, RuntimeCache } from "./cache.ts";

/** The registry that this version of the extension ships; its first line of config.yml names it, so it is part of the hash. */
export const registryImage = "europe-docker.pkg.dev/gardener-project/releases/3rd/registry:3.1.1";

/** config.yml of a cache, and which values the extension's own template would have spoilt. */
export interface ConfigFile {
  readonly text: string;
  /** The values that we had to write otherwise than the extension does, so text and hash differ from its own. */
  readonly mended: readonly ("username" | "password")[];
}

/**
 * Writes Distribution's configuration, byte for byte as the extension's template does (templates/config.yml.tpl), since the
 * name of the Secret is a hash of it. A username or password that the template would break is quoted so that it arrives intact.
 */
export function renderConfigFile(cache: RuntimeCache, credentials?: Credentials): ConfigFile {
  const { username = "", password = "" } = credentials ?? {};
  // The template asks for both: half a login is none.
  const login = username !== "" && password !== "" ? { username, password } : undefined;
  const lines = login === undefined ? { text: [], mended: [] } : loginLines(login);
  return { text: [...templateLines(cache), ...lines.text, ""].join("\n"), mended: lines.mended };
}

/** A program that answers in the protocol of Docker's credential helpers, and how long an answer holds, in Go's form. */
export interface CredentialHelper {
  readonly command: string;
  readonly lifetime: string;
}

/** Writes the configuration of a cache that no extension manages. With a helper it asks that one for its login again and again. */
export function renderClusterConfigFile(cache: RuntimeCache, helper?: CredentialHelper): string {
  const exec = helper && ["  exec:", `    command: ${helper.command}`, `    lifetime: ${helper.lifetime}`];
  return [...head, ...restLines(cache), ...(exec ?? []), ""].join("\n");
}

function loginLines({ username, password }: Credentials): {
  readonly text: readonly string[];
  readonly mended: ConfigFile["mended"];
} {
  const plain = usernameInConfig(username) === "intact";
  const single = passwordInConfig(password) === "intact";
  return {
    text: [
      `  username: ${plain ? username : doubleQuote(username)}`,
      `  password: ${single ? `'${password.replaceAll("'", "''")}'` : doubleQuote(password)}`,
    ],
    mended: [...(plain ? [] : (["username"] as const)), ...(single ? [] : (["password"] as const))],
  };
}

/** The lines of the template up to the login, with its comments, which count for the hash. */
function templateLines(cache: RuntimeCache): readonly string[] {
  return [firstLine, ...head, ...descriptorCache, ...restLines(cache)];
}

function restLines({ tls: hasTls, remoteUrl, ttl }: RuntimeCache): readonly string[] {
  const url = plainUrl.test(remoteUrl) ? remoteUrl : doubleQuote(remoteUrl);
  return [...middle, ...(hasTls ? tls : []), ...tail, `  remoteurl: ${url}`, `  ttl: ${ttl}`];
}

/** What admission takes as a URL reads the same without quotes; what it would refuse may be rendered all the same. */
const plainUrl = /^[a-z](?:[!-~]*[^:])?$/i;

const firstLine = `# Maintain this file with the default config file (/etc/distribution/config.yml) from the registry image (${registryImage}).`;

/** Why the template leaves the cache of blob descriptors out, at the place where it would be. */
const descriptorCache = [
  "  # Mitigate https://github.com/distribution/distribution/issues/2367 by disabling the blobdescriptor cache.",
  "  # For more details, see https://github.com/distribution/distribution/issues/2367#issuecomment-1874449361.",
  "  # cache:",
  "  #  blobdescriptor: inmemory",
];

const head = [
  "version: 0.1",
  "log:",
  "  fields:",
  "    service: registry",
  "storage:",
  "  delete:",
  "    enabled: true",
];

const middle = [
  "  filesystem:",
  "    rootdirectory: /var/lib/registry",
  "  tag:",
  "    concurrencylimit: 5",
  "http:",
  "  addr: :5000",
  "  debug:",
  "    addr: :5001",
  "    prometheus:",
  "      enabled: true",
  "      path: /metrics",
  "  draintimeout: 25s",
];

const tls = ["  tls:", "    certificate: /etc/distribution/certs/tls.crt", "    key: /etc/distribution/certs/tls.key"];

const tail = [
  "  headers:",
  "    X-Content-Type-Options: [nosniff]",
  "health:",
  "  storagedriver:",
  "    enabled: true",
  "    interval: 10s",
  "    threshold: 3",
  "proxy:",
];

/** Writes any text as a double-quoted scalar of YAML 1.1, which takes an escape for every code point. */
function doubleQuote(text: string): string {
  let quoted = "";
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (character === '"' || character === "\\") quoted += `\\${character}`;
    else if (point >= 0x20 && point < 0x7f) quoted += character;
    else quoted += `\\U${point.toString(16).padStart(8, "0")}`;
  }
  return `"${quoted}"`;
}
