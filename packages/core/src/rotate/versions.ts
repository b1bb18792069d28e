/** A Secret's copy on the seed is called `ref-` and its name, which must not have more than 253 characters. */
export const maxNameLength: number = 253 - "ref-".length;

/** How to name the next version. */
export interface NextNameOptions {
  /** The day that a date in the name is replaced with, as `2026-01-31`. Without it a version is appended behind the date. */
  readonly today?: string | undefined;
}

/**
 * The name of a Secret's next version: `ro-quay-v1` gives `ro-quay-v2`, `quay-07` gives `quay-08`, and a name without a
 * version gets `-v2`. Names that are taken are passed over. Whatever it is given, the result is a valid name that leaves
 * room for the prefix of its copy on the seed.
 */
export function nextName(name: string, taken: ReadonlySet<string>, { today }: NextNameOptions = {}): string {
  const version = readVersion(toValidName(name));
  const start = startBehind(version, readDay(today));
  for (let number = start.number; ; number += 1n) {
    const candidate = writeVersion({ ...start, number });
    if (candidate !== name && !taken.has(candidate)) return candidate;
  }
}

/** Tells whether a name is that of a later version of the same Secret, as `nextName` gives it. */
export function isLaterVersion(name: string, candidate: string): boolean {
  const [old, other] = [readVersion(toValidName(name)), readVersion(candidate)];
  if (cut(old.stem, maxNameLength - (candidate.length - other.stem.length)) !== other.stem) return false;
  const [before, after] = [old.date?.day ?? "", other.date?.day ?? ""];
  return after === before ? other.number > old.number : after > before;
}

/** What all versions of a Secret are called but for the number and the date, so that they can be found together. */
export function seriesOf(name: string): string {
  return readVersion(toValidName(name)).stem;
}

/** A name in its parts: `ro-quay-2026-01-31-v2` is the stem `ro-quay`, a date and the number 2. */
interface Version {
  readonly stem: string;
  readonly date: DateSuffix | undefined;
  /** 1 where none is written. */
  readonly number: bigint;
  /** What stands between the stem or date and the number. */
  readonly separator: string;
  /** How many digits the number has at least. */
  readonly width: number;
  /** The first of a series is called without its number. */
  readonly bare: boolean;
}

interface DateSuffix {
  /** As `20260131`, which sorts as the days do. */
  readonly day: string;
  readonly separator: string;
  /** What stands between year, month and day. */
  readonly dash: string;
}

function readVersion(name: string): Version {
  const [, before = "", separator = "", digits = ""] = /^(.*?)([-.]v?|^v)(\d+)$/.exec(name) ?? [];
  const isNumber = digits !== "" && (before !== "" || separator.endsWith("v")) && readDate(name) === undefined;
  const rest = isNumber ? before : name;
  const dated = readDate(rest);
  return {
    stem: dated?.stem ?? rest,
    date: dated?.date,
    number: isNumber ? BigInt(digits) : 1n,
    separator: isNumber ? separator : "-v",
    width: isNumber ? digits.length : 1,
    bare: !isNumber,
  };
}

/** A date behind a separator, as `-2026-01-31`, `-20260131` or `.2026.01.31`. */
function readDate(name: string): { readonly stem: string; readonly date: DateSuffix } | undefined {
  const match = /^(.+)([-.])(20\d\d)([-.]?)(0[1-9]|1[0-2])\4(0[1-9]|[12]\d|3[01])$/.exec(name);
  if (match === null) return undefined;
  const [, stem = "", separator = "", year = "", dash = "", month = "", day = ""] = match;
  return { stem, date: { day: year + month + day, separator, dash } };
}

function readDay(today: string | undefined): string | undefined {
  return today !== undefined && /^20\d\d-\d\d-\d\d$/.test(today) ? today.replaceAll("-", "") : undefined;
}

/** The first candidate. On the day that is in the name already, only the number tells two versions apart. */
function startBehind(version: Version, day: string | undefined): Version {
  const { date } = version;
  if (date === undefined || day === undefined || day <= date.day) {
    return { ...version, number: version.number + 1n, bare: false };
  }
  return { ...version, date: { ...date, day }, number: 1n, separator: "-v", width: 1, bare: true };
}

function writeVersion({ stem, date, number, separator, width, bare }: Version): string {
  const dated = date === undefined ? "" : date.separator + writeDay(date);
  // Only a date makes a name without a number another one.
  const numbered = bare && number === 1n ? "" : separator + number.toString().padStart(width, "0");
  const suffix = dated + numbered;
  return cut(stem, maxNameLength - suffix.length) + suffix;
}

function writeDay({ day, dash }: DateSuffix): string {
  return [day.slice(0, 4), day.slice(4, 6), day.slice(6)].join(dash);
}

function cut(stem: string, length: number): string {
  return stem.length <= length ? stem : stem.slice(0, length).replace(/[-.]+$/, "");
}

/** The nearest name that Kubernetes takes, an RFC 1123 subdomain; a valid one stays as it is. */
function toValidName(name: string): string {
  const valid = name
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, "-")
    .replace(/-*\.[-.]*/g, ".")
    .replace(/^[-.]+|[-.]+$/g, "");
  return valid === "" ? "secret" : valid;
}
