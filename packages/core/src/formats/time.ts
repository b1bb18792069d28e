/** Tells whether a text is a time as Go's time.RFC3339 reads it, such as 2024-05-31T12:00:00Z. */
export function isDateTime(text: string): boolean {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d))$/.exec(text);
  if (parts === null) return false;
  const [year = 0, month = 0, day = 0, ...time] = parts.slice(1).map((it) => Number(it ?? 0));
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && isClock(time);
}

/** The seconds since 1970 of a time as Go's time.RFC3339 reads it, or of the start of a day such as 2024-05-31; undefined for any other text. */
export function readDateTime(text: string): number | undefined {
  const whole = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text;
  if (!isDateTime(whole)) return undefined;
  const [, sign, ...parts] = /^\d+-\d+-\d+T\d+:\d+:\d+(?:[.,]\d+)?(?:Z|([-+])(\d\d):(\d\d))$/.exec(whole) ?? [];
  const [zoneHour = 0, zoneMinute = 0] = parts.map((it) => Number(it ?? 0));
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = whole.split(/[-T:.,Z+]/).map(Number);
  const zone = (sign === "-" ? -1 : 1) * (zoneHour * 60 + zoneMinute) * 60;
  return ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second - zone;
}

/** Counts days with the year beginning in March, so that a leap day is its last. */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leaps + dayOfYear - 719_468;
}

/** Tells whether a text is a time of the day as Gardener writes it: hour, minute, second and zone, such as 220000+0100. */
export function isTimeOfDay(text: string): boolean {
  return /^(?:[01]\d|2[0-3])[0-5]\d[0-5]\d[-+](?:[01]\d|2[0-4])[0-5]\d$/.test(text);
}

function isClock([hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0]: readonly number[]): boolean {
  return hour < 24 && minute < 60 && second < 60 && zoneHour <= 24 && zoneMinute < 60;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
