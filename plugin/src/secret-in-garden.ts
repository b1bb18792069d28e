import { printYaml } from "@registry-cache/core";
import {
  checkNewSecret,
  createLiveSecret,
  findCachesFor,
  type GardenSession,
  rotationClient,
  setupOf,
} from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import { type MadeSecret, makeSecret, type SecretMaking } from "./make-secret.ts";
import { printable } from "./print/printable.ts";
import type { Terminal } from "./print/terminal.ts";
import type { SecretCreateFlags } from "./secret-flags.ts";
import { withGarden } from "./with-garden.ts";
import { writeManifest } from "./write-secret-manifest.ts";

type Client = GardenSession["client"];

/** Makes a Secret where the garden is asked for the caches that it is for, or is to have it. Gives the exit code. */
export function createWithGarden(flags: SecretCreateFlags, terminal: Terminal): Promise<number> {
  return withGarden(flags.garden, terminal, async (session) => {
    const client = await rotationClient(session);
    const inGarden = flags.place.kind === "garden";
    if (inGarden) await checkNewSecret(client, flags.name);
    const setups = await findSetups(client, flags, terminal);
    const namespace = inGarden ? client.namespace : flags.namespace;
    return makeSecret({ flags, terminal, setups, namespace }, (made) =>
      inGarden ? store(client, flags, terminal, made) : writeManifest(flags, terminal, made),
    );
  });
}

async function findSetups(
  client: Client,
  { name, upstream, shoot, cache, skipProbe }: SecretCreateFlags,
  { err }: Terminal,
): Promise<SecretMaking["setups"]> {
  if (skipProbe) return [];
  if (upstream !== undefined) return [setupOf(upstream.upstream, upstream.remoteURL)];
  const found = await findCachesFor(client, { secret: name, shoot, cache });
  if (!found.ok) throw new CliError(printable(found.error));
  const shoots = [...new Set(found.value.map((it) => it.shoot ?? ""))];
  const upstreams = [...new Set(found.value.map((it) => it.upstream))];
  const more = shoots.length > 5 ? ` and ${shoots.length - 5} more` : "";
  err(
    `note: it is tried at ${printable(upstreams.join(", "))}, for Shoot ${printable(shoots.slice(0, 5).join(", "))}${more}\n`,
  );
  return found.value;
}

async function store(
  client: Client,
  { place, name }: SecretCreateFlags,
  { out }: Terminal,
  { request }: MadeSecret,
): Promise<void> {
  if (place.kind !== "garden") return;
  const { dryRun, output } = place;
  const { metadata, ...object } = await createLiveSecret(client, request, dryRun);
  const { managedFields, ...kept } = metadata;
  const shown = { ...object, metadata: kept };
  if (output === "line") out(`secret/${printable(name)} created${dryRun ? " (server dry run)" : ""}\n`);
  else if (output === "name") out(`secret/${printable(name)}\n`);
  else out(output === "yaml" ? printYaml(shown) : `${JSON.stringify(shown, undefined, 4)}\n`);
}
