/** Something that rendering notes or that doctor finds: what it is called, what it means and what to do. */
export interface RuntimeCode {
  /** `RC4` of rendering, `RC5` of running caches; never used again once given. */
  readonly code: string;
  /** The code's name in kebab-case. */
  readonly name: string;
  readonly severity: "error" | "warning" | "info";
  readonly docs: {
    /** What is so, in one sentence. */
    readonly summary: string;
    /** What follows from it. */
    readonly why: string;
    /** What to do about it. */
    readonly next: string;
  };
}

/** The documentation page of a code, in Markdown. */
export function runtimeCodePage({ code, name, severity, docs }: RuntimeCode): string {
  const parts = [`# ${code} ${name}`, docs.summary, `Severity: ${severity}.`, "## Why", docs.why, "## What to do"];
  return `${[...parts, docs.next].join("\n\n")}\n`;
}
