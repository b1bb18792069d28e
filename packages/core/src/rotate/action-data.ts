import type { Purpose } from "../workspace/workspace.ts";

/** What an action of an editor is about, as JSON. */
export type ActionData =
  | { readonly do: "rotate"; readonly name: string; readonly namespace?: string; readonly today?: string }
  | { readonly do: "switch"; readonly name: string; readonly namespace?: string; readonly to: string }
  | { readonly do: "finish"; readonly name: string; readonly namespace?: string }
  | {
      readonly do: "create-secret";
      readonly name: string;
      readonly namespace?: string;
      /** The file of the Shoot that names the Secret. */
      readonly uri: string;
      readonly purpose: Purpose;
    };

/** Reads an action's data as an editor sends them back; undefined for anything else. */
export function readActionData(data: unknown): ActionData | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { name, uri, today, to, ...rest } = { ...textsOf(data) };
  if (name === undefined) return undefined;
  const secret = rest["namespace"] === undefined ? { name } : { name, namespace: rest["namespace"] };
  const purpose = (["credentials", "ca-bundle"] as const).find((it) => it === rest["purpose"]);
  switch (rest["do"]) {
    case "rotate":
      return { do: "rotate", ...secret, ...(today === undefined ? {} : { today }) };
    case "switch":
      return to === undefined ? undefined : { do: "switch", ...secret, to };
    case "finish":
      return { do: "finish", ...secret };
    case "create-secret":
      return uri === undefined || purpose === undefined ? undefined : { do: "create-secret", ...secret, uri, purpose };
  }
  return undefined;
}

function textsOf(data: object): { readonly [field: string]: string | undefined } {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => typeof value === "string"));
}
