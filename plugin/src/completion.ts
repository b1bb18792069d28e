import { type CommandSpec, commandSpecs, type FlagSpec } from "./flag-table.ts";

/** What a shell does beside offering the words, as cobra numbers it. */
const directive = { files: 0, nothing: 4, filesOfExtensions: 8 };

/**
 * Answers kubectl's request for completions: the words typed after `kubectl registry-cache`, the last one unfinished.
 * Gives one word with its description per line, and last the directive.
 */
export function complete(words: readonly string[]): string {
  const typed = words.slice(0, -1);
  const last = words.at(-1) ?? "";
  const [name, ...given] = typed;
  if (name === undefined) return offer(last.startsWith("-") ? rootFlags : commandSpecs.map(toOffer), last);
  const command = commandSpecs.find((it) => it.name === name);
  if (command === undefined || given.includes("--")) return offer([], last);
  const equals = last.startsWith("-") ? last.indexOf("=") : -1;
  const flag = findFlag(command, equals > 0 ? last.slice(0, equals) : given.at(-1));
  if (equals > 0) return offerValues(flag, last.slice(equals + 1));
  if (flag !== undefined && flag.type !== "boolean") return offerValues(flag, last);
  return offer(last.startsWith("-") ? flagOffers(command, given) : [], last);
}

interface Offer {
  readonly word: string;
  readonly summary: string;
}

const rootFlags: readonly Offer[] = [
  { word: "--help", summary: "Show help." },
  { word: "--version", summary: "Show the version." },
];

function toOffer({ name, summary }: CommandSpec): Offer {
  return { word: name, summary };
}

function findFlag({ flags }: CommandSpec, word: string | undefined): FlagSpec | undefined {
  return flags.find((it) => word === `--${it.name}` || word === `-${it.char}`);
}

function offerValues(flag: FlagSpec | undefined, last: string): string {
  if (flag?.values !== undefined)
    return offer(
      flag.values.map((word) => ({ word, summary: "" })),
      last,
    );
  if (flag?.completesFiles !== true || last.startsWith("git:")) return offer([], last);
  // A directory is offered with either.
  return flag.repeatable ? `json\nyaml\nyml\n:${directive.filesOfExtensions}\n` : `:${directive.files}\n`;
}

function flagOffers({ flags }: CommandSpec, given: readonly string[]): readonly Offer[] {
  const offers = flags.flatMap((flag) => {
    const { name, char, negatable, repeatable, summary } = flag;
    const words = [`--${name}`, ...(char ? [`-${char}`] : []), ...(negatable ? [`--no-${name}`] : [])];
    const used = given.some((it) => words.includes(it.split("=")[0] ?? it));
    return used && !repeatable ? [] : words.map((word) => ({ word, summary }));
  });
  return [...offers, { word: "--help", summary: "Show help." }];
}

function offer(offers: readonly Offer[], last: string): string {
  const lines = offers
    .filter((it) => it.word.startsWith(last))
    .map(({ word, summary }) => (summary === "" ? `${word}\n` : `${word}\t${summary}\n`));
  return `${lines.join("")}:${directive.nothing}\n`;
}
