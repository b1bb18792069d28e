import { maskSecrets } from "@registry-cache/core";
import type { Change } from "@registry-cache/operations";
import { structuredPatch } from "diff";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

/** The unified diff of a change; a file that comes or goes has an empty text on the other side. It is made from the true texts and shows the lines of masked ones. */
export function renderDiff({ uri, before, after }: Change, paint: Paint): string {
  const { hunks } = structuredPatch(uri, uri, before, after, undefined, undefined, { context: 3 });
  const old = maskSecrets(before).split("\n");
  const now = maskSecrets(after).split("\n");
  const name = (text: string): string => (text === "" ? "/dev/null" : printable(uri));
  const lines = [paint.bold(`--- ${name(before)}`), paint.bold(`+++ ${name(after)}`)];
  for (const hunk of hunks) {
    lines.push(paint.cyan(`@@ -${rangeOf(hunk.oldStart, hunk.oldLines)} +${rangeOf(hunk.newStart, hunk.newLines)} @@`));
    let oldLine = hunk.oldStart - 1;
    let newLine = hunk.newStart - 1;
    for (const line of hunk.lines) {
      const sign = line.charAt(0);
      if (sign === "\\") lines.push(line);
      else if (sign === "-") lines.push(paint.red(`-${shown(old[oldLine])}`));
      else if (sign === "+") lines.push(paint.green(`+${shown(now[newLine])}`));
      else lines.push(` ${shown(now[newLine])}`);
      if (sign === "-" || sign === " ") oldLine += 1;
      if (sign === "+" || sign === " ") newLine += 1;
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Where there is no line, the number is that of the line before. */
function rangeOf(start: number, lines: number): string {
  return `${lines === 0 ? start - 1 : start},${lines}`;
}

function shown(line = ""): string {
  return printable(line.replace(/\r$/, ""));
}
