import { readCommandLine } from "./command-line.ts";
import { type CommandSpec, commandSpecs, type FlagSpec } from "./flag-table.ts";

/** What a shell does beside offering the words, as cobra numbers it. */
const directive = { files: 0, noBlank: 2, nothing: 4, filesOfExtensions: 8 };

/**
 * Answers kubectl's request for completions: the words typed after `kubectl registry-cache`, the last one unfinished.
 * Gives one word with its description per line, and last the directive.
 */
export async function complete(words: readonly string[]): Promise<string> {
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
  if (last.startsWith("-")) return offer(flagOffers(command, given), last);
  return offerArgument(command, given, last);
}

async function offerArgument(command: CommandSpec, given: readonly string[], last: string): Promise<string> {
  const { argument } = command;
  if (argument === undefined || readCommandLine(given, command)?.argument !== undefined) return offer([], last);
  if (argument.completes !== "topics") return offer((argument.values ?? []).map(toWord), last);
  const topics = (await import("./complete-topic.ts")).completeTopic(last);
  // After the only word that is left, its next field may be typed at once.
  const [only, ...others] = topics;
  return offer(topics, last, only?.open && others.length === 0 ? directive.noBlank : 0);
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
  if (flag?.values !== undefined) return offer(flag.values.map(toWord), last);
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

function toWord(word: string): Offer {
  return { word, summary: "" };
}

function offer(offers: readonly Offer[], last: string, more = 0): string {
  const lines = offers
    .filter((it) => it.word.startsWith(last))
    .map(({ word, summary }) => (summary === "" ? `${word}\n` : `${word}\t${summary}\n`));
  return `${lines.join("")}:${directive.nothing + more}\n`;
}
