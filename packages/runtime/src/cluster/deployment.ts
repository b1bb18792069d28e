import type { Result } from "@registry-cache/core";

/** An object by what tells it from all others. */
export interface ObjectName {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** An object that is to be there, and what is there now. */
export interface Compared extends ObjectName {
  /** "same" where applying would change nothing. */
  readonly found: "nothing" | "same" | "other" | "foreign";
}

/** One step of a deployment: what is applied, and what of ours goes. */
export interface DeployStep extends ObjectName {
  readonly do: "create" | "update" | "keep" | "delete";
}

/** Plans a deployment: what is there already is kept, what is ours and wanted no more goes, and an object of somebody else stops it all. */
export function planDeployment(
  wanted: readonly Compared[],
  ours: readonly ObjectName[],
): Result<readonly DeployStep[], string> {
  const foreign = wanted.find((it) => it.found === "foreign");
  if (foreign !== undefined)
    return {
      ok: false,
      error: `${showObject(foreign)} exists and was not deployed by us: take another namespace, or remove it first`,
    };
  const steps = wanted.map(({ found, ...it }): DeployStep => ({ do: doing[found], ...nameOf(it) }));
  const gone = ours.filter((it) => !wanted.some((other) => isSame(it, other)));
  return { ok: true, value: [...steps, ...gone.map((it): DeployStep => ({ do: "delete", ...nameOf(it) }))] };
}

/** An object in words. */
export function showObject({ kind, namespace, name }: ObjectName): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

const doing = { nothing: "create", same: "keep", other: "update", foreign: "keep" } as const;

function nameOf({ kind, namespace, name }: ObjectName): ObjectName {
  return { kind, namespace, name };
}

function isSame(a: ObjectName, b: ObjectName): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}
