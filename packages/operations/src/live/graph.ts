import {
  type ClusterFacts,
  chains,
  type FileReport,
  inspect,
  openWorkspace,
  readManifests,
  type ShootChain,
} from "@registry-cache/core";
import { createReader, listSources, type Problem } from "@registry-cache/files";
import type { ApiObject, GardenClient } from "@registry-cache/garden";
import { type LiveSelection, readLiveSources } from "./live-sources.ts";
import { listSecrets, type SecretIndex } from "./secret-index.ts";
import { secretRefs } from "./status.ts";
import type { Unseen } from "./unseen.ts";

/** Which chains to draw: those of files, or those of a garden. */
export type GraphRequest =
  | { readonly names: readonly string[]; readonly recursive: boolean; readonly shoots: readonly string[] }
  | (LiveSelection & { readonly client: GardenClient });

/** The chains, and what is missing in them. */
export interface GraphOutcome {
  readonly chains: readonly ShootChain[];
  /** The Shoots that were named and are not in the files. */
  readonly missing: readonly string[];
  readonly problems: readonly Problem[];
  readonly unseen: readonly Unseen[];
}

/** Reads the chains of Shoots that have any. */
export async function readChains(request: GraphRequest): Promise<GraphOutcome> {
  return "client" in request ? liveChains(request.client, request) : fileChains(request);
}

function fileChains({ names, recursive, shoots }: Extract<GraphRequest, { readonly names: unknown }>): GraphOutcome {
  const { sources, problems } = listSources(names, { recursive });
  const unread: Problem[] = [];
  const reader = createReader();
  const reports: FileReport[] = [];
  for (const source of sources) {
    const reading = reader.read(source);
    if (reading.kind === "problem") unread.push({ file: source.uri, message: reading.message });
    if (reading.kind === "text") reports.push(inspect(readManifests(source.uri, reading.text)));
  }
  const all = withUses(chains(openWorkspace(reports)));
  const wanted = shoots.length === 0 ? all : all.filter((it) => shoots.includes(it.label));
  const missing = shoots.filter((name) => !all.some((it) => it.label === name));
  return { chains: wanted, missing, problems: [...problems, ...unread], unseen: [] };
}

async function liveChains(client: GardenClient, selection: LiveSelection): Promise<GraphOutcome> {
  const live = await readLiveSources(client, selection);
  const namespaces = [...new Set(live.shoots.map((it) => it.metadata.namespace))];
  const secrets = await listSecrets(client, namespaces);
  const reports = live.sources.flatMap((source) => {
    const reading = live.reader.read(source);
    return reading.kind === "text" ? [inspect(readManifests(source.uri, reading.text))] : [];
  });
  const workspace = openWorkspace(reports, { cluster: factsOf(live.shoots, secrets) });
  return {
    chains: withUses(chains(workspace)),
    missing: [],
    problems: [],
    unseen: [...live.unseen, ...secrets.unseen],
  };
}

/** What the metadata of Secrets tells; a namespace whose Secrets we may not see is not known. */
function factsOf(shoots: readonly ApiObject[], secrets: SecretIndex): ClusterFacts {
  const refs = shoots.flatMap(secretRefs);
  const hidden = new Set(
    refs.filter((it) => secrets.seen(it.namespace, it.name).state === "forbidden").map((it) => it.namespace),
  );
  const seen = refs.filter((it) => !hidden.has(it.namespace));
  return {
    namespaces: [...new Set(seen.map((it) => it.namespace))],
    secrets: seen.flatMap((it) => secrets.live(it.namespace, it.name) ?? []),
  };
}

function withUses(all: readonly ShootChain[]): readonly ShootChain[] {
  return all.filter((it) => it.uses.length > 0);
}
