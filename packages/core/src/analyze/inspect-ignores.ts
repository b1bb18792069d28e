import { type IgnoreComment, type IgnoreWord, readIgnoreComments } from "../manifest/ignore-comment.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import { rules } from "../rules/index.ts";
import type { IdleWord, Rule } from "../rules/rule.ts";
import { closest } from "../text/distance.ts";
import { flat } from "../text/flat.ts";
import type { Span } from "../text/span.ts";
import type { Finding } from "../workspace/finding.ts";
import { type Ignore, ignoresFinding } from "../workspace/ignore.ts";
import { selects } from "../workspace/selector.ts";
import type { FileReport } from "./inspect.ts";
import { toFinding } from "./to-finding.ts";

type OwnReport = Omit<FileReport, "ignores" | "policies">;

/** What the comments of a file ignore, and the file's findings together with those on comments that ignore nothing. */
export function inspectIgnores(file: ManifestFile, report: OwnReport): Pick<FileReport, "findings" | "ignores"> {
  const comments = readIgnoreComments(file.text);
  if (comments.length === 0) return { findings: report.findings, ignores: [] };
  const possible = possibleFindings(report);
  const judged = comments.flatMap((comment) => {
    if (!isReadWhole(file, comment.span)) return [];
    const idle = comment.words.flatMap((word) => idleWord(word, { comment, report, possible }) ?? []);
    const idleFile = possible.length === 0 && report.shoots.length === 0;
    const view = { text: file.text, comment, idle, idleFile };
    return rules.flatMap((rule) => [...(rule.checkIgnore?.(view) ?? [])].map((draft) => toFinding(rule, file, draft)));
  });
  return { findings: [...report.findings, ...judged], ignores: comments.flatMap(toIgnore) };
}

interface Context {
  readonly comment: IgnoreComment;
  readonly report: OwnReport;
  readonly possible: readonly Finding[];
}

/** A comment that names nothing ignores a whole file, but not a line: there it would hide what nobody thought of. */
function toIgnore({ covers, words, wholeFile }: IgnoreComment): readonly Ignore[] {
  if (words.length > 0) return [{ covers, selectors: words.map((it) => flat(it.text)) }];
  return wholeFile ? [{ covers, selectors: undefined }] : [];
}

/** All that could be found in the file by any run: who refers to a Secret is not known here. */
function possibleFindings({ findings, shoots, secrets }: OwnReport): readonly Finding[] {
  const ofSecrets = secrets.flatMap(({ findings: of }) => [...of.credentials, ...of["ca-bundle"]]);
  return [
    ...findings,
    ...shoots.flatMap((it) => it.predicted.map((of) => of.finding)),
    ...ofSecrets.map((it) => it.finding),
  ];
}

/** Of a document that is broken or a template not everything is said yet. */
function isReadWhole({ documents }: ManifestFile, { start }: Span): boolean {
  const around = documents.filter((it) => it.span.start <= start && start <= it.span.end);
  return around.every((it) => it.template === undefined && it.problems.every((of) => of.kind === "duplicate-key"));
}

function idleWord(word: IgnoreWord, { comment, report, possible }: Context): IdleWord | undefined {
  const meantRules = rules.filter((it) => selects(word.text, it));
  if (meantRules.length === 0) {
    const meant = closest(word.text, [...rules.map((it) => it.code), ...rules.map((it) => it.name)]);
    return { word, known: false, meant };
  }
  const ignore = { covers: comment.covers, selectors: [word.text] };
  if (possible.some((it) => ignoresFinding(ignore, it))) return undefined;
  const inUse = report.shoots.some(({ references }) =>
    references.some((it) => it.target !== undefined && covers(comment.covers, it.target.span)),
  );
  return meantRules.some((it) => needsMore(it, inUse)) ? undefined : { word, known: true, meant: undefined };
}

function covers({ start, end }: Span, other: Span): boolean {
  return start <= other.start && other.start <= end;
}

/** Whether a rule may find something in another run: with other files, an older version, a garden, or this file committed. */
function needsMore({ example, checkReference, checkSecret, checkIgnore }: Rule, inUse: boolean): boolean {
  const { previous, garden, committed } = example;
  if (checkReference !== undefined || checkIgnore !== undefined) return true;
  // A Secret that only the garden has is judged where the Shoot names it.
  if (checkSecret !== undefined && inUse) return true;
  return previous !== undefined || garden !== undefined || committed !== undefined;
}
