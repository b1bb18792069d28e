import { matchesPattern, type PatternStep } from "../text/pattern.ts";

/** The steps of a naming scheme such as `ro-{name}-v{n}`; undefined when no Secret could be called so. */
export function nameSteps(scheme: string): readonly PatternStep[] | undefined {
  const parts = [...scheme.matchAll(/\{name\}|\{n\}|[a-z0-9.-]|./gsu)].map(([part]) => part);
  if (parts.length === 0 || parts.some((it) => !/^(?:\{name\}|\{n\}|[a-z0-9.-])$/.test(it))) return undefined;
  return parts.flatMap((part): readonly PatternStep[] => {
    if (part === "{name}") return [{ takes: (it) => /[a-z0-9.-]/.test(it), times: "some" }];
    // A version has no leading zero, so that two spellings are never one version.
    if (part === "{n}") return [{ takes: (it) => /[1-9]/.test(it) }, { takes: (it) => /\d/.test(it), times: "any" }];
    return [{ takes: (it) => it === part }];
  });
}

/** Tells whether a name follows a scheme; one that no name could follow asks for nothing. */
export function followsScheme(name: string, scheme: string): boolean {
  const steps = nameSteps(scheme);
  return steps === undefined || matchesPattern(steps, name);
}

/** Tells whether an upstream is one of a list, in which `*` stands for any characters. */
export function isListed(upstream: string, list: readonly string[]): boolean {
  return list.some((pattern) => {
    const steps = [...pattern].map((part): PatternStep => {
      return part === "*" ? { takes: () => true, times: "any" } : { takes: (it) => it === part };
    });
    return matchesPattern(steps, upstream);
  });
}
