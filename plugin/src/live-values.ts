import type { NewValues } from "@registry-cache/core";
import {
  type GardenSession,
  type Preflight,
  readBundle,
  readCredentialSource,
  usernameOf,
} from "@registry-cache/operations";
import { askCredential } from "./ask-credential.ts";
import { CliError } from "./cli-error.ts";
import type { LiveRotateFlags } from "./live-rotate-flags.ts";
import { readPasswordFlag } from "./password-flag.ts";
import { printable } from "./print/printable.ts";
import type { Terminal } from "./print/terminal.ts";

/** What values are found by. */
export interface LiveValuesRequest {
  readonly flags: LiveRotateFlags;
  readonly client: GardenSession["client"];
  readonly preflight: Preflight;
  readonly terminal: Terminal;
}

/** The values for the new Secret; undefined where the new Secret is there already and none are given. */
export async function findLiveValues(request: LiveValuesRequest): Promise<NewValues | undefined> {
  const { flags, preflight, terminal } = request;
  const { source, caBundle, username, passwordStdin } = flags;
  if (caBundle !== undefined) return { purpose: "ca-bundle", bundle: bundleOf(caBundle) };
  if (source !== undefined) {
    const credential = await readCredentialSource(source, upstreamOf(preflight));
    if (!credential.ok) throw new CliError(printable(credential.error));
    return { purpose: "credentials", ...credential.value };
  }
  if (passwordStdin) {
    const name = username ?? (await oldUsername(request));
    return { purpose: "credentials", username: name, password: readPasswordFlag() };
  }
  if (preflight.rotation.next !== undefined && username === undefined) return undefined;
  const mirrors = preflight.rotation.shoots.some((it) =>
    it.old.some(({ users }) => users.some((user) => user.startsWith("mirror "))),
  );
  if (mirrors) throw new CliError("must get the new CA bundle: --ca-bundle FILE");
  if (!terminal.canAsk())
    throw new CliError("must get the new credential: --username NAME --password-stdin, or one of the --from flags");
  return { purpose: "credentials", ...(await askCredential({ subject: preflight.to, username })) };
}

async function oldUsername({ client, preflight, terminal }: LiveValuesRequest): Promise<string> {
  const name = await usernameOf(client, preflight.from);
  if (name === undefined) throw new CliError(`Secret "${preflight.from}" has no username to be kept: --username NAME`);
  terminal.err(`note: the username of Secret "${printable(preflight.from)}" is kept\n`);
  return name;
}

function upstreamOf({ rotation }: Preflight): string | undefined {
  const users = rotation.shoots.flatMap((it) => it.old.flatMap((entry) => entry.users));
  return users.find((it) => it.startsWith("cache "))?.slice("cache ".length);
}

function bundleOf(path: string): string {
  const bundle = readBundle(path);
  if (!bundle.ok) throw new CliError(`--ca-bundle: ${printable(path)}: ${bundle.error}`);
  return bundle.value;
}
