import { openPrompt } from "./prompt.ts";

/** Asks on the terminal; whatever is not yes is no. */
export async function askYes(question: string): Promise<boolean> {
  const prompt = openPrompt();
  try {
    const answer = await prompt.ask(`${question} [y/N] `);
    return /^y(?:es)?$/i.test(answer?.trim() ?? "");
  } finally {
    prompt.close();
  }
}
