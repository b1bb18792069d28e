import { Disposable, l10n } from "vscode";
import type { RuntimePreview, RuntimeSource } from "../runtime-preview.ts";
import type { GardenConnection } from "./garden-connection.ts";

/** While a garden is connected, the runtime of a Shoot can be compared with that of the Shoot as it is there. */
export function compareWithGarden(connection: GardenConnection, preview: RuntimePreview): Disposable {
  const source: RuntimeSource = {
    id: "garden",
    name: l10n.t("the Shoot in the garden"),
    read: async ({ shoot, namespace = connection.state.namespace }) => {
      if (!shoot || !namespace) throw new Error(l10n.t("A Shoot without name and namespace is in no garden"));
      const text = await connection.shootText({ namespace, name: shoot });
      return text === undefined ? undefined : { name: l10n.t("the Shoot in the garden"), text };
    },
  };
  let added: Disposable | undefined;
  const update = () => {
    const offered = connection.state.phase === "connected";
    if (!offered) added?.dispose();
    added = offered ? (added ?? preview.addSource(source)) : undefined;
  };
  const listening = connection.onDidChange(update);
  return new Disposable(() => {
    listening.dispose();
    added?.dispose();
  });
}
