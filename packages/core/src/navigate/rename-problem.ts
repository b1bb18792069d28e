import type { Workspace } from "../analyze/open-workspace.ts";
import { dns1123SubdomainProblems } from "../formats/dns-name.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import { type EntryUse, type NameUse, type SecretUse, usesOfEntry } from "./names.ts";
import type { SecretPlace } from "./secret-uses.ts";

/** A name that is to be changed, and all places that write it. */
export interface Renaming {
  readonly file: ManifestFile;
  readonly use: NameUse;
  readonly newName: string;
  readonly places: readonly SecretPlace[];
  readonly workspace: Workspace;
}

/** Says in one line why a name cannot be changed; undefined where it can. */
export function renameProblem(renaming: Renaming): string | undefined {
  const { file, use } = renaming;
  if (file.documents.some(({ problems }) => problems.some((it) => it.kind !== "duplicate-key"))) {
    return "the YAML of this file cannot be read to its end, so not all uses are known; mend it first";
  }
  return use.of === "entry" ? entryProblem(renaming, use) : secretProblem(renaming, use);
}

function entryProblem({ file, newName }: Renaming, use: EntryUse): string | undefined {
  // Gardener has no other rule for the name of an entry.
  if (newName.trim() === "") return "the name of an entry cannot be empty";
  if (use.shoot.resources.some((it) => it.name?.value === newName)) {
    return `spec.resources has an entry "${newName}" already`;
  }
  const foreign = usesOfEntry(file, use).find((it) => it.as === "foreign");
  return (
    foreign && `${foreign.field} says "${use.name.name}" too, and what it means there is not known; change it by hand`
  );
}

function secretProblem({ newName, places, workspace }: Renaming, use: SecretUse): string | undefined {
  const [problem] = dns1123SubdomainProblems(newName);
  if (problem !== undefined) return `"${newName}" cannot be the name of a Secret: it ${problem}`;
  const { name } = use.name;
  if (places.some((it) => it.form === "SealedSecret")) {
    return `SealedSecret "${name}" may be sealed for its name; seal it again under the new one`;
  }
  if (places.some((it) => it.form === "SopsSecret")) {
    return `Secret "${name}" is signed by SOPS, name and all; rename it with sops`;
  }
  const namespaces = [...new Set(places.map((it) => it.namespace))];
  if (namespaces.some((it) => workspace.garden.isWritten(newName, it))) {
    return `there is a Secret "${newName}" already`;
  }
  return liveProblem({ name, newName, namespaces, workspace, written: places.some((it) => it.form !== undefined) });
}

interface LiveNames {
  readonly name: string;
  readonly newName: string;
  readonly namespaces: readonly (string | undefined)[];
  readonly workspace: Workspace;
  readonly written: boolean;
}

function liveProblem({ name, newName, namespaces, workspace, written }: LiveNames): string | undefined {
  const isLive = (it: string): boolean => namespaces.some((of) => typeof workspace.garden.live(it, of) === "object");
  if (isLive(newName)) return `the garden has a Secret "${newName}" already`;
  return !written && isLive(name)
    ? `Secret "${name}" is only in the garden, where no Secret can be renamed`
    : undefined;
}
