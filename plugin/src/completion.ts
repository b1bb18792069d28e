import { readCommandLine } from "./command-line.ts";
import { findCommand, topCommands } from "./find-command.ts";
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
  if (typed.length === 0) return offer(last.startsWith("-") ? rootFlags : topCommands().map(toOffer), last);
  const found = findCommand(typed);
  if (found === undefined || found.rest.includes("--")) return offer([], last);
  const { spec: command, rest: given } = found;
  const equals = last.startsWith("-") ? last.indexOf("=") : -1;
  const flag = findFlag(command, equals > 0 ? last.slice(0, equals) : given.at(-1));
  if (equals > 0) return offerValues(flag, last.slice(equals + 1));
  if (flag !== undefined && flag.type !== "boolean") return offerValues(flag, last);
  if (last.startsWith("-")) return offer(flagOffers(command, given), last);
  return offerArgument(command, given, last);
}

async function offerArgument(command: CommandSpec, given: readonly string[], last: string): Promise<string> {
  const { argument } = command;
  const line = readCommandLine(given, command);
  if (argument === undefined) return offer(given.length === 0 ? subcommands(command) : [], last);
  if (line?.argument !== undefined) return offer([], last);
  if (argument.completes === "secrets") {
    const { completeSecret } = await import("./complete-secret.ts");
    return offer([...(given.length === 0 ? subcommands(command) : []), ...completeSecret(line?.flags ?? {})], last);
  }
  if (argument.completes !== "topics") return offer((argument.values ?? []).map(toWord), last);
  const topics = (await import("./complete-topic.ts")).completeTopic(last);
  // After the only word that is left, its next field may be typed at once.
  const [only, ...others] = topics;
  return offer(topics, last, only?.open && others.length === 0 ? directive.noBlank : 0);
}

/** The commands whose names go on behind that of another. */
function subcommands({ name }: CommandSpec): readonly Offer[] {
  const below = commandSpecs.filter((it) => it.name.startsWith(`${name} `));
  return below.map((it) => ({ word: it.name.slice(name.length + 1), summary: it.summary }));
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

async function offerValues(flag: FlagSpec | undefined, last: string): Promise<string> {
  if (flag?.completes === "codes") return offerCodes(last);
  if (flag?.values !== undefined) return offer(flag.values.map(toWord), last);
  if (flag?.completesFiles !== true || last.startsWith("git:")) return offer([], last);
  // A directory is offered with either.
  return flag.repeatable ? `json\nyaml\nyml\n:${directive.filesOfExtensions}\n` : `:${directive.files}\n`;
}

/** Codes may be listed with commas: what stands before the last one is part of the word. */
async function offerCodes(last: string): Promise<string> {
  const { completeCode } = await import("./complete-topic.ts");
  const before = last.slice(0, last.lastIndexOf(",") + 1);
  const offers = completeCode(last.slice(before.length));
  return offer(
    offers.map(({ word, summary }) => ({ word: before + word, summary })),
    last,
  );
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
