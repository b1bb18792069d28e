/** One step of a pattern: which characters it takes, and how many of them. */
export interface PatternStep {
  readonly takes: (character: string) => boolean;
  /** Absent: exactly one. */
  readonly times?: "some" | "any";
  /** The next step begins only where a folder's or file's name begins. */
  readonly endsFolder?: true;
}

/** Tells whether a pattern takes a whole text. The time is bounded by the product of their lengths, whatever a user writes. */
export function matchesPattern(steps: readonly PatternStep[], text: string): boolean {
  let states = reach(steps, new Set([0]), true);
  for (const character of text) {
    const next = new Set<number>();
    for (const state of states) {
      const step = steps[state];
      if (step?.takes(character) !== true) continue;
      if (step.times !== "any") next.add(state + 1);
      if (step.times !== undefined) next.add(state);
    }
    states = reach(steps, next, character === "/");
  }
  return states.has(steps.length);
}

/**
 * The steps of a path pattern as .gitignore has them: `*` and `?` stay within a name, `**` crosses folders, and a pattern
 * without a slash may match at any depth.
 */
function globSteps(glob: string): readonly PatternStep[] {
  const path = glob.replace(/^\.?\//, "").replace(/\/$/, "");
  const anywhere = /^\.?\//.test(glob) || path.includes("/") ? path : `**/${path}`;
  return [...anywhere.matchAll(/\*\*\/|\*\*|./gsu)].map(([part]) => globStep(part));
}

/** Tells whether a path pattern means a path or a folder that holds it. */
export function matchesGlob(glob: string, path: string): boolean {
  return matchesPattern(globSteps(glob), path) || matchesPattern([...globSteps(glob), slash, anything], path);
}

const slash: PatternStep = { takes: (it) => it === "/" };
const anything: PatternStep = { takes: () => true, times: "any" };

function globStep(part: string): PatternStep {
  if (part === "**/") return { ...anything, endsFolder: true };
  if (part === "**") return anything;
  if (part === "*") return { takes: (it) => it !== "/", times: "any" };
  if (part === "?") return { takes: (it) => it !== "/" };
  return { takes: (it) => it === part };
}

/** Adds the states that are reached without taking a character. */
function reach(steps: readonly PatternStep[], states: Set<number>, atName: boolean): Set<number> {
  for (const state of states) {
    const step = steps[state];
    if (step?.times === "any" && (atName || step.endsFolder !== true)) states.add(state + 1);
    // One that takes some goes on by itself once it took one.
  }
  return states;
}
