/** Colors text for a terminal, or leaves it as it is. */
export interface Paint {
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** Makes the colors, or none. */
export function createPaint(enabled: boolean): Paint {
  const style = (code: number) => (text: string) => (enabled && text !== "" ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { red: style(31), green: style(32), yellow: style(33), cyan: style(36), bold: style(1), dim: style(2) };
}

/** Decides on colors: a flag first, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal that knows them. */
export function wantsColor(flag: boolean | undefined, isTerminal: () => boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (flag !== undefined) return flag;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return TERM !== "dumb" && isTerminal();
}
