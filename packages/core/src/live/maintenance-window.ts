/** A stretch of time, in milliseconds since 1970. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** What is cut off the end of every window, so that a run that starts in it can finish. */
const reserve = 15 * minute;

/**
 * The part of a maintenance window in which runs start: the one that is open at a moment, or else the next. Undefined for
 * what is no window; then Gardener takes it as always open. (gardener: pkg/utils/gardener/shoot.go)
 */
export function effectiveWindow(begin: string, end: string, now: number): Stretch | undefined {
  const [start, stop] = [timeOfDay(begin), timeOfDay(end)];
  if (start === undefined || stop === undefined) return undefined;
  const length = (modulo(stop - start, day) || day) - reserve;
  const today = Math.floor(now / day) * day + start;
  const from = [today - day, today, today + day].find((it) => now < it + length) ?? today + day;
  return { from, to: from + length };
}

/** The milliseconds after midnight in UTC of a time such as `220000+0100`. */
function timeOfDay(text: string): number | undefined {
  const [, hours, minutes, seconds, sign, zoneHours, zoneMinutes] =
    /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)([+-])(\d\d)(\d\d)$/.exec(text) ?? [];
  if (hours === undefined) return undefined;
  const local = (Number(hours) * 60 + Number(minutes)) * minute + Number(seconds) * 1000;
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * minute;
  return modulo(local - (sign === "-" ? -zone : zone), day);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
