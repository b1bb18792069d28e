import { CliError } from "./cli-error.ts";
import type { FlagValues } from "./command-line.ts";

/** Which Shoot a command is about. */
export interface ShootFlags {
  readonly names: readonly string[];
  readonly recursive: boolean;
  readonly shoot: string | undefined;
  readonly namespace: string | undefined;
}

/** Reads the flags that name a Shoot. */
export function readShootFlags(flags: FlagValues): ShootFlags {
  const names = readTexts(flags["filename"]);
  if (names.length === 0) throw new CliError("must specify -f with the file or directory of the Shoot, or -");
  if (names.includes("")) throw new CliError("-f takes a file, a directory or -, not an empty name");
  return {
    names: [...names, ...readTexts(flags["secret"])],
    recursive: flags["recursive"] === true,
    shoot: readText(flags["shoot"]),
    namespace: readText(flags["namespace"]),
  };
}

/** Reads `--endpoint`: the addresses of caches by upstream. */
export function readEndpoints(flags: FlagValues): ReadonlyMap<string, string> {
  return new Map(
    readTexts(flags["endpoint"]).map((text) => {
      const [, upstream, url] = /^([^=]+)=(https?:\/\/[^/]+)\/?$/.exec(text) ?? [];
      if (upstream === undefined || url === undefined)
        throw new CliError(
          `--endpoint takes UPSTREAM=URL, for example docker.io=https://10.4.0.10:5000, not "${text}"`,
        );
      return [upstream, url] as const;
    }),
  );
}

/** Reads a flag of pairs with an equals sign between them; the message says what it takes. */
export function readPairs(value: unknown, message: string): ReadonlyMap<string, string> {
  return new Map(
    readTexts(value).map((text) => {
      const [, name, rest] = /^([^=]+)=(.+)$/.exec(text) ?? [];
      if (name === undefined || rest === undefined) throw new CliError(`${message}, not "${text}"`);
      return [name, rest] as const;
    }),
  );
}

/** The text of a flag that is given once. */
export function readText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function readTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((it) => typeof it === "string") : [];
}
