import { type ApiObject, textIn } from "../api-server/object.ts";

/** A stretch of time, in milliseconds since 1970. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const day = 86_400_000;
const minute = 60_000;

/**
 * The maintenance window that is open at a moment, or else the next one. Its effective end is 15 minutes before the end
 * that is written. Without a window it is always open. (pkg/utils/gardener/shoot.go)
 */
export function windowAround(shoot: ApiObject, now: number): Stretch {
  const begin = timeOfDay(textIn(shoot, "spec", "maintenance", "timeWindow", "begin"));
  const end = timeOfDay(textIn(shoot, "spec", "maintenance", "timeWindow", "end"));
  if (begin === undefined || end === undefined) return { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const length = ((end - begin + day) % day || day) - 15 * minute;
  const yesterday = Math.floor(now / day) * day - day + begin;
  const starts = [0, 1, 2, 3].map((it) => yesterday + it * day);
  const from = starts.find((it) => now < it + length) ?? now;
  return { from, to: from + length };
}

/** The milliseconds after midnight in UTC of a time such as `220000+0100`. */
function timeOfDay(text: string | undefined): number | undefined {
  const [, hours, minutes, seconds, sign, zoneHours, zoneMinutes] =
    /^(\d\d)(\d\d)(\d\d)([+-])(\d\d)(\d\d)$/.exec(text ?? "") ?? [];
  if (hours === undefined) return undefined;
  const local = (Number(hours) * 60 + Number(minutes)) * minute + Number(seconds) * 1000;
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * minute * (sign === "-" ? -1 : 1);
  return (((local - zone) % day) + day) % day;
}
