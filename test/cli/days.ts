/** Seconds since 1970 of a moment so many days from now. */
export function inDays(days: number): number {
  return Math.floor(Date.now() / 1000) + days * 86_400;
}

/** The day of a moment in UTC, such as 2030-01-31. */
export function dayText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
