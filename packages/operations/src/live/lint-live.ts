import type { PreviousShoot, Reference } from "@registry-cache/core";
import type { ApiObject, GardenClient, SchemaStore } from "@registry-cache/garden";
import { inspectAll, type OnProgress } from "../inspect-all.ts";
import type { Workspace } from "../workspace.ts";
import { type AdmissionAnswer, askAdmission } from "./ask-admission.ts";
import { type ObjectName, readGardenFacts } from "./garden-facts.ts";
import type { LiveSources } from "./live-sources.ts";
import { previousByName, previousShoot, wantedOf, withNamespace } from "./manifests-in-garden.ts";
import type { Unseen } from "./unseen.ts";

/** How a garden takes part in a check. */
export interface LiveRequest {
  readonly client: GardenClient;
  /** Ask the server's own admission, too. */
  readonly serverDryRun: boolean;
  /** Where schemas of gardens are kept; absent where the garden's own is not to be asked for. */
  readonly schemas?: SchemaStore | undefined;
}

/** What a garden added to a check. */
export interface LiveOutcome {
  readonly unseen: readonly Unseen[];
  /** Empty when admission was not to be asked. */
  readonly admission: readonly AdmissionAnswer[];
}

/** How to check files against a garden. */
export interface JoinOptions {
  /** The files are compared with other files, not with what their Shoots are in the garden. */
  readonly against: boolean;
  readonly onProgress?: OnProgress | undefined;
}

/** Checks files against a garden: what it knows of their Secrets, and what their Shoots are there. */
export async function joinGarden(
  workspace: Workspace,
  live: LiveRequest,
  { against, onProgress }: JoinOptions,
): Promise<LiveOutcome> {
  const { namespace } = live.client;
  const named = new Map<string, ObjectName>();
  if (!against) workspace.previous = () => noteNames(named, namespace);
  inspectAll(workspace, { onProgress, room: Number.POSITIVE_INFINITY });
  assumeNamespace(workspace, namespace);
  const wanted = wantedOf(referencesOf(workspace), named.values());
  const { cluster, shoots, unseen } = await readGardenFacts(live.client, wanted);
  workspace.cluster = cluster;
  if (!against) {
    workspace.previous = previousOf(shoots, namespace);
    workspace.known.clear();
    workspace.fileCount = 0;
    inspectAll(workspace, { room: Number.POSITIVE_INFINITY });
    assumeNamespace(workspace, namespace);
  }
  return { unseen, admission: live.serverDryRun ? await askAll(live.client, shoots, referencesOf(workspace)) : [] };
}

/** Checks Shoots of a garden themselves: what it knows of their Secrets. */
export async function judgeLive(workspace: Workspace, live: LiveRequest, sources: LiveSources): Promise<LiveOutcome> {
  const { cluster, unseen } = await readGardenFacts(live.client, {
    ...wantedOf(referencesOf(workspace), []),
    shoots: [],
  });
  workspace.cluster = cluster;
  const admission = live.serverDryRun ? await askAll(live.client, sources.shoots, []) : [];
  return { unseen: [...sources.unseen, ...unseen], admission };
}

/** Who looks for the version before a Shoot tells us of the Shoot. */
function noteNames(named: Map<string, ObjectName>, current: string): ReturnType<Workspace["previous"]> {
  return ({ name, namespace = { value: current } }) => {
    if (name !== undefined)
      named.set(`${namespace.value}/${name.value}`, { namespace: namespace.value, name: name.value });
    return undefined;
  };
}

/** A manifest without a namespace would be applied to the one that is current. */
function assumeNamespace({ known }: Workspace, namespace: string): void {
  for (const file of known.values()) file.report = withNamespace(file.report, namespace);
}

function referencesOf({ known }: Workspace): readonly Reference[] {
  return [...known.values()].flatMap(({ report }) => report.shoots.flatMap((it) => it.references));
}

/** What is in the garden is what an update would change. */
function previousOf(shoots: readonly ApiObject[], namespace: string): Workspace["previous"] {
  const byName = new Map<string, PreviousShoot>();
  for (const it of shoots) {
    const previous = previousShoot(it);
    if (previous !== undefined) byName.set(`${it.metadata.namespace}/${it.metadata.name}`, previous);
  }
  const find = previousByName(byName, namespace);
  return () => find;
}

async function askAll(
  client: GardenClient,
  shoots: readonly ApiObject[],
  references: readonly Reference[],
): Promise<readonly AdmissionAnswer[]> {
  const answers: AdmissionAnswer[] = [];
  for (const shoot of shoots) {
    const own = references.filter(
      (it) => it.shootName === shoot.metadata.name && it.namespace === shoot.metadata.namespace,
    );
    answers.push(await askAdmission(client, shoot, secretsByUpstream(own)));
  }
  return answers;
}

function secretsByUpstream(references: readonly Reference[]): { readonly [upstream: string]: string } {
  const pairs = references.flatMap(({ purpose, upstream, target }) =>
    purpose === "credentials" && upstream !== undefined && target !== undefined ? [[upstream, target.name]] : [],
  );
  return Object.fromEntries(pairs);
}
