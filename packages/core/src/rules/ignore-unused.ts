import type { Span } from "../text/span.ts";
import { nextLine, startOfLine } from "../yaml/skip.ts";
import type { Draft, JudgedIgnore, Rule } from "./rule.ts";

export const ignoreUnused: Rule = {
  code: "RC050",
  name: "ignore-unused",
  severity: "warning",
  docs: {
    summary: "A comment `# registry-cache: ignore` ignores nothing.",
    why: "What it ignored is mended, or stands elsewhere by now. Left behind, it would hide the next mistake on that line. Only what this check can decide is told: a rule that needs other files, the version before an update or the garden may be ignored for a run that knows more.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io # registry-cache: ignore RC102
      #                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RC050
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io
    `,
  },

  *checkIgnore(judged) {
    const { comment, idle } = judged;
    if (comment.words.length === 0) {
      if (comment.wholeFile && !judged.idleFile) return;
      const message = comment.wholeFile ? "nothing in this file is ignored" : "it names no code, so it ignores nothing";
      yield { span: comment.span, message, fixes: [removal(judged)] };
    } else if (idle.length === comment.words.length && idle.every((it) => it.known)) {
      yield { span: comment.span, message: `${namesOf(judged)} ignored here`, fixes: [removal(judged)] };
    } else yield* eachWord(judged);
  },
};

function namesOf({ idle }: JudgedIgnore): string {
  const names = idle.map((it) => it.word.text);
  return names.length === 1 ? `no ${names[0]} is` : `none of ${names.join(", ")} is`;
}

function* eachWord(judged: JudgedIgnore): Iterable<Draft> {
  for (const { word, known, meant } of judged.idle) {
    const { span, text } = word;
    const title = `Remove "${text}"`;
    const edits = [{ span: wordWithComma(judged, span), text: "" }];
    if (known) yield { span, message: `no ${text} is ignored here`, fixes: [{ title, safe: true, edits }] };
    else {
      const changes = meant === undefined ? [] : [{ title: `Change to "${meant}"`, edits: [{ span, text: meant }] }];
      const hint = meant === undefined ? "" : `; did you mean "${meant}"`;
      yield { span, message: `there is no rule "${text}"${hint}`, fixes: changes };
    }
  }
}

function wordWithComma({ comment: { words } }: JudgedIgnore, span: Span): Span {
  const index = words.findIndex((it) => it.span.start === span.start);
  const next = words[index + 1];
  if (index === 0) return { start: span.start, end: next?.span.start ?? span.end };
  return { start: words[index - 1]?.span.end ?? span.start, end: span.end };
}

function removal({ comment: { span, ownLine }, text }: JudgedIgnore): NonNullable<Draft["fixes"]>[number] {
  const before = text.slice(0, span.start).search(/[ \t]*$/);
  const whole = { start: startOfLine(text, span.start), end: nextLine(text, span.end) };
  const edits = [{ span: ownLine ? whole : { start: before, end: span.end }, text: "" }];
  return { title: "Remove the comment", safe: true, edits };
}
