import { type DerElement, derTag } from "./der.ts";

const utcForm = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:Z|([-+])(\d\d)(\d\d))$/;
const generalizedForm = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([-+])(\d\d)(\d\d))$/;
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A UTCTime or GeneralizedTime in epoch milliseconds, or undefined where Go's cryptobyte refuses it. */
export function readTime(element: DerElement | undefined): number | undefined {
  const utc = element?.tag === derTag.utcTime;
  if (element === undefined || (!utc && element.tag !== derTag.generalizedTime)) return undefined;
  const text = String.fromCharCode(...element.content.subarray(0, 32));
  const match = (utc ? utcForm : generalizedForm).exec(text);
  if (match === null || /[-+]0000$/.test(text)) return undefined;
  const [digits = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, , zoneHour = 0, zoneMinute = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  // RFC 5280: two digits mean 1950 to 2049.
  const year = utc ? digits + (digits < 50 ? 2000 : 1900) : digits;
  if (day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59) return undefined;
  if (zoneHour > 24 || zoneMinute > 60) return undefined;
  const zone = (zoneHour * 60 + zoneMinute) * (match[7] === "-" ? -1 : 1);
  return ((dayNumber(year, month, day) * 24 * 60 + hour * 60 + minute - zone) * 60 + second) * 1000;
}

function daysIn(year: number, month: number): number {
  return (monthDays[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Days since 1970-01-01 in the Gregorian calendar. */
function dayNumber(year: number, month: number, day: number): number {
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  let days = 365 * before + leapDays - 719_162 + day - 1;
  for (let earlier = 1; earlier < month; earlier += 1) days += daysIn(year, earlier);
  return days;
}
