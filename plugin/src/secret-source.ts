import type { SecretSource } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { FlagValues } from "./command-line.ts";
import { readText } from "./probe-flags.ts";

/** Where the `--from` flags take a credential from; undefined where none is given. */
export function readSecretSource(flags: FlagValues): SecretSource | undefined {
  const file = readText(flags, "from-file");
  const key = readText(flags, "from-service-account-key");
  const config = readText(flags, "from-docker-config");
  const pullSecret = readText(flags, "from-pull-secret");
  const helper = readText(flags, "from-credential-helper");
  const login = flags["from-docker-login"] === true;
  const given: readonly (SecretSource | undefined)[] = [
    file === undefined ? undefined : { kind: "file", file, username: readText(flags, "username") },
    key === undefined ? undefined : { kind: "service-account-key", file: key },
    config === undefined ? undefined : { kind: "docker", source: { file: config } },
    pullSecret === undefined ? undefined : { kind: "pull-secret", file: pullSecret },
    helper === undefined ? undefined : { kind: "helper", helper },
    login ? { kind: "docker", source: "default" } : undefined,
  ];
  const sources = given.filter((it) => it !== undefined);
  if (sources.length > 1) throw new CliError("the values can come from one place only");
  return sources[0];
}

/** Whether flags give a username and password by themselves; with `--from-file` a username belongs to its file. */
export function givesLogin(
  { username, passwordStdin }: { readonly username: string | undefined; readonly passwordStdin: boolean },
  source: SecretSource | undefined,
): boolean {
  return passwordStdin || (username !== undefined && source?.kind !== "file");
}
