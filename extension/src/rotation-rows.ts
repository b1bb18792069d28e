import { l10n } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { OpenAtTarget } from "./open-at.ts";
import { ask, type PendingRotation, type PendingShoot } from "./protocol.ts";

/** What is to be done next in a rotation. */
export type NextStep = PendingRotation["next"];

/** A rotation as the view shows it. */
export interface RotationRow {
  readonly label: string;
  readonly description: string;
  /** What the row says in full. */
  readonly tooltip?: string;
  readonly next: NextStep;
  /** Does the next step, or opens the place where a person does. */
  readonly proceed: () => Promise<void>;
  readonly parts: readonly RotationPart[];
}

/** A Secret or a Shoot of it. */
export interface RotationPart {
  readonly label: string;
  readonly description: string;
  readonly of: "old" | "new" | "left" | "switched";
  readonly place: OpenAtTarget | undefined;
}

/** What a row does on a click. */
export interface RowActions {
  readonly open: (target: OpenAtTarget) => Promise<void>;
  /** Shows what an action of the server changes, and changes it. */
  readonly carryOut: (action: object) => Promise<void>;
}

/** The rotations that are pending in the workspace. */
export async function workspaceRotations(
  client: BaseLanguageClient,
  actions: RowActions,
): Promise<readonly RotationRow[]> {
  return (await ask(client, "registryCache/rotations", undefined)).map((it) => toRow(it, actions));
}

/** A rotation of the workspace's files as a row. */
function toRow(rotation: PendingRotation, { open, carryOut }: RowActions): RotationRow {
  const { namespace, from, to, next, switched, left, fromPlace, toPlace, emptyValue, action } = rotation;
  return {
    label: `${from} \u2192 ${versionIn(to, from)}`,
    description: describe(rotation),
    tooltip: `${namespace ? `${namespace}: ` : ""}${from} \u2192 ${to}\n${explain(rotation)}`,
    next,
    proceed: async () => {
      if (action) await carryOut(action);
      else if (emptyValue) await open({ uri: emptyValue.uri, position: insideQuotes(emptyValue.range.start) });
    },
    parts: [
      { label: to, description: l10n.t("the new Secret"), of: "new", place: toPlace },
      ...(fromPlace
        ? [{ label: from, description: l10n.t("the old Secret"), of: "old", place: fromPlace } as const]
        : []),
      ...left.map((it) => shootPart(it, "left", from)),
      ...switched.map((it) => shootPart(it, "switched", to)),
    ],
  };
}

/** In the few words for which a narrow view has room. */
function describe({ next, from, to, switched, left }: PendingRotation): string {
  switch (next) {
    case "fill-in":
      return l10n.t("fill in values");
    case "switch":
      return l10n.t("{0} of {1} switched", switched.length, switched.length + left.length);
    case "finish":
      return l10n.t("remove {0}", versionIn(from, to));
  }
}

function explain({ next, from, to, switched, left }: PendingRotation): string {
  switch (next) {
    case "fill-in":
      return l10n.t("Next: fill in the new values of {0}", to);
    case "switch":
      return l10n.t(
        "Next: switch the rest of the Shoots; {0} of {1} are",
        switched.length,
        switched.length + left.length,
      );
    case "finish":
      return l10n.t("Next: when every Shoot has reconciled, remove {0}", from);
  }
}

/** What tells a name from an older one, in a narrow view: `v2` of `team-login-v1` and `team-login-v2`. */
export function versionIn(name: string, older: string): string {
  const stem = /^(.*[-.])[^-.]*$/.exec(name)?.[1] ?? "";
  return stem !== "" && older.startsWith(stem) ? name.slice(stem.length) : name;
}

function shootPart({ name, place }: PendingShoot, of: "left" | "switched", secret: string): RotationPart {
  const description = of === "left" ? l10n.t("still names {0}", secret) : l10n.t("names {0}", secret);
  return { label: name ?? "", description, of, place };
}

/** An empty value is written as `""`. */
function insideQuotes({ line, character }: { readonly line: number; readonly character: number }) {
  return { line, character: character + 1 };
}
