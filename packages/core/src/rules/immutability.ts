import type { Immutability } from "../schema/schema.ts";

/** A field before and after an update; `after` is undefined when the update removes it. */
export interface FieldUpdate {
  readonly before: string;
  readonly after: string | undefined;
  /** A secretBindingName may go, since a credentialsBindingName takes its place. */
  readonly mayGo: boolean;
}

/** Tells whether an update is one that the field's immutability forbids. (pkg/api/core/validation/shoot.go, the functions of updates) */
export function breaksImmutability(immutable: Immutability, { before, after, mayGo }: FieldUpdate): boolean {
  switch (immutable) {
    case "always":
    case "once-set":
    case "scheduled":
      return before !== after;
    case "kept":
      return after === undefined || (after === "" && before !== "");
    case "binding":
      return after === undefined ? !mayGo : before !== after;
    case "seed":
      return after !== undefined && before !== after;
    case "upgrade":
      return after !== undefined && (isOlder(after, before) || minorOf(after) > minorOf(before) + 1);
    case "no-downgrade":
      return after !== undefined && isOlder(after, before);
    case "ip-families":
      return before !== after && ![before, after].every((it) => it === "IPv4" || it === "IPv4,IPv6");
    case "update-strategy":
      return isInPlace(before) !== isInPlace(after ?? "");
    case "zones-added":
      return after !== undefined && !before.split(",").every((it) => after.split(",").includes(it));
    case "managed-seed":
      // Whether the cluster is a seed is not to be seen here.
      return false;
  }
}

function isInPlace(strategy: string): boolean {
  return strategy.endsWith("InPlaceUpdate");
}

/** Without a patch number the server takes the newest, so only what is written is compared. */
function isOlder(after: string, before: string): boolean {
  const older = [...partsOf(before).entries()].map(([index, part]) => (partsOf(after)[index] ?? part) - part);
  return (older.find((it) => it !== 0) ?? 0) < 0;
}

function minorOf(version: string): number {
  return partsOf(version)[1] ?? Number.NaN;
}

function partsOf(version: string): readonly number[] {
  return (
    /^v?(\d+)\.(\d+)(?:\.(\d+))?/
      .exec(version)
      ?.slice(1)
      .filter((it) => it !== undefined)
      .map(Number) ?? []
  );
}
