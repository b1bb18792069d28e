import { type ManifestFile, readManifests } from "@registry-cache/core";
import { ResponseError } from "vscode-jsonrpc";
import { type Guard, isAnything, isString, optional, shape } from "../guards.ts";
import { aboutPlace } from "../in-document.ts";
import { readManifestFiles } from "../manifest-texts.ts";
import { lspErrors, method, type OwnMethods, waitingMethod } from "../method.ts";
import type { RuntimeRequests, Since } from "../protocol/runtime.ts";
import type { Session } from "../session.ts";
import { canonicalUri } from "../uri.ts";
import { refuseUntrusted } from "./trust.ts";

const isShoot = { uri: isString, shoot: optional(isString), namespace: optional(isString) };
const isText = shape({ name: isString, text: isString });
const isSince: Guard<Since> = (value): value is Since => value === "HEAD" || value === "saved" || isText(value);
const words = { HEAD: "the last commit", saved: "the saved files" } as const;

/** What Gardener would run for a Shoot, what a change does to that, and the manifests for clusters without Gardener. */
export const runtimeMethods: OwnMethods<RuntimeRequests> = {
  "registryCache/shootAt": aboutPlace("own text", (_, { document: { file }, offset }) => {
    const documents = file.documents.filter((it) => it.shoots.some((shoot) => shoot.registryCache !== undefined));
    const here = documents.find(({ span }) => span.start <= offset && offset <= span.end) ?? documents[0];
    const shoots = here?.shoots.filter((it) => it.registryCache !== undefined) ?? [];
    const shoot = shoots.findLast(({ root }) => root.span.start <= offset) ?? shoots[0];
    return shoot && { shoot: shoot.name?.value, namespace: shoot.namespace?.value };
  }),
  "registryCache/runtime": waitingMethod(shape(isShoot), async (session, given) => {
    const { previewRuntime } = await import("@registry-cache/operations");
    return { text: previewRuntime(await filesOf(session, given.uri), nameOf(given)) };
  }),
  "registryCache/runtimeChanges": waitingMethod(shape({ ...isShoot, since: isSince }), async (session, given) => {
    const { since } = given;
    const refused = since === "HEAD" ? refuseUntrusted(session, "git is not asked") : undefined;
    if (refused !== undefined) return refused;
    const after = await filesOf(session, given.uri);
    const before = await filesBefore(session, after, since);
    if (before instanceof ResponseError) return before;
    const { previewChanges } = await import("@registry-cache/operations");
    return previewChanges({ before, after }, nameOf(given), typeof since === "string" ? words[since] : since.name);
  }),
  "registryCache/readyMade": method(isAnything, async () => {
    const { readyMadeFiles } = await import("@registry-cache/operations");
    return readyMadeFiles();
  }),
};

interface GivenShoot {
  readonly uri: string;
  readonly shoot?: string | undefined | null;
  readonly namespace?: string | undefined | null;
}

function nameOf({ shoot, namespace }: GivenShoot): { shoot: string | undefined; namespace: string | undefined } {
  return { shoot: shoot ?? undefined, namespace: namespace ?? undefined };
}

/** The file of a Shoot, and those of the Secrets that its caches log in with. */
function filesOf(session: Session, clientUri: string): Promise<readonly ManifestFile[]> {
  const uri = canonicalUri(clientUri);
  const { garden, report } = session.files.workspace;
  const references = (report(uri)?.shoots ?? []).flatMap((it) => it.references);
  const secrets = references.flatMap(({ target, namespace }) => {
    return target === undefined ? [] : garden.manifestsOf(target.name, namespace).map((it) => it.uri);
  });
  return readManifestFiles(session, [...new Set([uri, ...secrets])]);
}

async function filesBefore(
  { source }: Session,
  after: readonly ManifestFile[],
  since: Since,
): Promise<readonly ManifestFile[] | ResponseError> {
  if (typeof since !== "string") return [readManifests(since.name, since.text)];
  const before: ManifestFile[] = [];
  for (const { uri } of after) {
    const found = since === "saved" ? { text: await source.read(uri) } : await source.committed?.(uri);
    if (found !== undefined && "message" in found)
      return new ResponseError(lspErrors.requestFailed, `git: ${found.message}`);
    if (found?.text !== undefined) before.push(readManifests(uri, found.text));
  }
  return before;
}
