import { isMap, listAt, textAt, valueAt } from "./json-value.ts";

/** When a Shoot was written and maintained, as far as the server tells: RFC 3339 in UTC, which sorts as text; empty for unknown. */
export interface WriteTimes {
  readonly created: string;
  /** Nobody has changed extensions or resources since. It may be later than the change itself, never earlier. */
  readonly specWritten: string;
  /** The last maintenance that was carried out: the run that it started came after this. */
  readonly maintained: string;
}

/** Reads the times of a Shoot from its JSON. */
export function readWriteTimes(shoot: unknown): WriteTimes {
  const writers = listAt(shoot, "metadata", "managedFields")
    .filter(ownsChain)
    .map((it) => textAt(it, "time"));
  const last = valueAt(shoot, "status", "lastMaintenance");
  return {
    created: textAt(shoot, "metadata", "creationTimestamp"),
    specWritten: writers.includes("") ? "" : (writers.toSorted().at(-1) ?? ""),
    maintained: textAt(last, "state") === "Succeeded" ? textAt(last, "triggeredTime") : "",
  };
}

/** Whether a manager has written anything of the chain: the extensions or the resources. */
function ownsChain(entry: unknown): boolean {
  const spec = valueAt(entry, "fieldsV1", "f:spec");
  if (textAt(entry, "subresource") !== "" || !isMap(spec)) return false;
  return "f:extensions" in spec || "f:resources" in spec;
}
