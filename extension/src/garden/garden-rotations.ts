import { Disposable, EventEmitter, l10n } from "vscode";
import { ask, type GardenRotation } from "../protocol.ts";
import { type RotationRow, versionIn } from "../rotation-rows.ts";
import type { RotationSource } from "../rotations-view.ts";
import { carryOut, finish } from "./carry-out-rotation.ts";
import type { GardenParts } from "./garden-commands.ts";

/** The rotations that are pending in the connected garden, for the view "Rotations". They change with the garden. */
export function gardenRotations(parts: GardenParts): RotationSource & Disposable {
  const { connection, server } = parts;
  const changed = new EventEmitter<void>();
  const listeners = Disposable.from(
    changed,
    connection.onDidChange(() => changed.fire()),
  );
  return {
    onDidChange: changed.event,
    dispose: () => listeners.dispose(),
    rotations: async () => {
      // While the garden is lost nothing is known of them.
      if (!server.client || connection.state.phase !== "connected") return [];
      const pending = await ask(server.client, "registryCache/garden/rotations", undefined).catch(() => []);
      return pending.map((it) => toRow(it, parts));
    },
  };
}

function toRow(rotation: GardenRotation, parts: GardenParts): RotationRow {
  const { namespace, from, to, by, next, shoots } = rotation;
  const order = { name: from, namespace };
  return {
    label: `${from} \u2192 ${versionIn(to, from)}`,
    description: l10n.t("{0}, in the garden", stepOf(rotation)),
    tooltip: `${from} \u2192 ${to}\n${l10n.t("{0} in namespace {1} of the garden, begun by {2}", stepOf(rotation), namespace, by)}`,
    next: next === "finish" ? "finish" : "switch",
    proceed: () => {
      if (next === "finish") return finish(parts, { ...order, aim: "finish" });
      return carryOut(parts, { ...order, aim: next === "roll-back" ? "rollback" : "rotate" });
    },
    parts: [
      { label: to, description: l10n.t("the new Secret"), of: "new", place: undefined },
      ...shoots.map(({ name, stage, state }) => {
        const left = stage !== "switched";
        const description = left ? l10n.t("still names {0}", from) : state;
        return { label: name, description, of: left ? ("left" as const) : ("switched" as const), place: undefined };
      }),
    ],
  };
}

function stepOf({ next, shoots }: GardenRotation): string {
  const switched = shoots.filter((it) => it.stage === "switched").length;
  switch (next) {
    case "switch":
      return l10n.t("{0} of {1} Shoots switched", switched, shoots.length);
    case "wait":
      return l10n.t("not all Shoots are rolled out");
    case "finish":
      return l10n.t("the old Secret may go");
    case "roll-back":
      return l10n.t("is being taken back");
  }
}
