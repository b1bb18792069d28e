import { isDateTime } from "../formats/time.ts";

/** The milliseconds since 1970 of a time as the API writes it, in UTC and without fractions; undefined for any other text. */
export function readTime(text: string): number | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z$/.exec(text);
  if (parts === null || !isDateTime(text)) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return (((daysBefore(year, month) + day - 1) * 24 + hour) * 60 + minute) * 60_000 + second * 1000;
}

/** The days from 1970 to the first of a month. */
function daysBefore(year: number, month: number): number {
  // The year begins in March here, so the day that only leap years have is its last.
  const shifted = month < 3 ? year - 1 : year;
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  const months = Math.floor((153 * ((month + 9) % 12) + 2) / 5);
  return shifted * 365 + leaps + months - 719_468;
}
