const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** How long ago something was, as kubectl prints ages; `<unknown>` for a time that is none. */
export function ageOf(time: string, now: number): string {
  const seconds = Math.floor((now - Date.parse(time)) / 1000);
  return Number.isNaN(seconds) ? "<unknown>" : durationOf(Math.max(0, seconds));
}

/** A duration with at most two units, as kubectl prints it. (apimachinery: pkg/util/duration) */
export function durationOf(seconds: number): string {
  if (seconds < 2 * minute) return `${seconds}s`;
  if (seconds < 10 * minute) return twoUnits(seconds, [minute, "m"], [1, "s"]);
  if (seconds < 3 * hour) return `${Math.floor(seconds / minute)}m`;
  if (seconds < 8 * hour) return twoUnits(seconds, [hour, "h"], [minute, "m"]);
  if (seconds < 2 * day) return `${Math.floor(seconds / hour)}h`;
  if (seconds < 8 * day) return twoUnits(seconds, [day, "d"], [hour, "h"]);
  if (seconds < 2 * year) return `${Math.floor(seconds / day)}d`;
  if (seconds < 8 * year) return twoUnits(seconds, [year, "y"], [day, "d"]);
  return `${Math.floor(seconds / year)}y`;
}

type Unit = readonly [number, string];

function twoUnits(seconds: number, [large, name]: Unit, [small, rest]: Unit): string {
  const left = Math.floor((seconds % large) / small);
  return `${Math.floor(seconds / large)}${name}${left === 0 ? "" : `${left}${rest}`}`;
}
