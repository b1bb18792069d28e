import { rules, selects } from "@registry-cache/core";
import { CliError, didYouMean } from "./cli-error.ts";

/** Refuses what a flag lists and no rule is called. */
export function checkSelectors(flag: "select" | "ignore", selectors: readonly string[]): void {
  for (const selector of selectors) {
    if (rules.some((rule) => selects(selector, rule))) continue;
    const known = rules.flatMap((rule) => [rule.code, rule.name]);
    throw new CliError(`--${flag}: there is no rule "${selector}"${didYouMean(selector, known)}`);
  }
}
