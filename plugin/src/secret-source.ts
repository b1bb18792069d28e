import type { SecretSource } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { FlagValues } from "./command-line.ts";
import { readText } from "./probe-flags.ts";

/** Where the `--from` flags take a credential from; undefined where none is given. */
export function readSecretSource(flags: FlagValues): SecretSource | undefined {
  const key = readText(flags, "from-service-account-key");
  const config = readText(flags, "from-docker-config");
  const pullSecret = readText(flags, "from-pull-secret");
  const helper = readText(flags, "from-credential-helper");
  const login = flags["from-docker-login"] === true;
  const given: readonly (SecretSource | undefined)[] = [
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
