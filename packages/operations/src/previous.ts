import { detach, type PreviousOf, type PreviousShoot, readManifests, summarizePrevious } from "@registry-cache/core";
import { createReader, listSources, type Problem, readRevision, relativePath } from "@registry-cache/files";
import type { WorkspaceRequest } from "./request.ts";

/** Gives for a file, named by its path below the named directory, who answers for the previous versions of its Shoots. */
export type PreviousIndex = (relative: string) => PreviousOf;

/** Hears of files that cannot be read, and how many were. */
export interface PreviousListener {
  readonly report: (problem: Problem) => void;
  readonly onProgress?: ((done: number) => void) | undefined;
}

interface Entry {
  readonly namespace: string | undefined;
  readonly relative: string;
  readonly previous: PreviousShoot;
}

/** Reads the Shoots before an update. They are matched by name and namespace, since a file may have been renamed. */
export function readPrevious(request: WorkspaceRequest, { report, onProgress }: PreviousListener): PreviousIndex {
  if (request.against === undefined) return () => () => undefined;
  const byName = new Map<string, Entry[]>();
  let read = 0;
  for (const { uri, relative, text } of previousTexts(request, request.against, report)) {
    onProgress?.(read++);
    const shoots = readManifests(uri, text).documents.flatMap((it) => it.shoots);
    for (const shoot of shoots) {
      if (shoot.name === undefined) continue;
      const { name, namespace } = detach({ name: shoot.name.value, namespace: shoot.namespace?.value });
      const entry = { namespace, relative, previous: detachPrevious(summarizePrevious(shoot)) };
      const others = byName.get(name);
      if (others === undefined) byName.set(name, [entry]);
      else others.push(entry);
    }
  }
  return (relative) => (shoot) => {
    const namespace = shoot.namespace?.value;
    const entries = byName.get(shoot.name?.value ?? "") ?? [];
    const matching = entries.filter(
      (it) => namespace === undefined || it.namespace === undefined || it.namespace === namespace,
    );
    const best = matching.find((it) => it.relative === relative) ?? matching.find((it) => it.namespace === namespace);
    return (best ?? matching[0])?.previous;
  };
}

/** The names in it would keep the whole text of each file that they were cut from. */
function detachPrevious(previous: PreviousShoot): PreviousShoot {
  const caches = previous.caches.map((it) => {
    const { upstream, storageClassName } = detach({ upstream: it.upstream, storageClassName: it.storageClassName });
    return { ...it, upstream, storageClassName };
  });
  return { ...previous, caches, targets: detach(previous.targets) };
}

interface PreviousText {
  readonly uri: string;
  readonly relative: string;
  readonly text: string;
}

/** Reads what `--against` names: files, directories, or the named ones at a revision. */
export function* previousTexts(
  { names, recursive }: Pick<WorkspaceRequest, "names" | "recursive">,
  against: string,
  report: (problem: Problem) => void,
): Iterable<PreviousText> {
  if (against.startsWith("git:")) {
    yield* readRevision(against.slice("git:".length), names, { recursive, report });
    return;
  }
  const { sources, problems } = listSources([against], { recursive });
  for (const problem of problems) report(problem);
  const reader = createReader();
  for (const source of sources) {
    const reading = reader.read(source);
    if (reading.kind === "problem") report({ file: source.uri, message: reading.message });
    if (reading.kind === "text") yield { uri: source.uri, relative: relativePath(source), text: reading.text };
  }
}
