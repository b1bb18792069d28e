import { checkSchema, type SchemaProblem } from "../schema/check.ts";
import { prepareSchema } from "../schema/prepare.ts";
import { settingsSchema } from "../schema/settings.ts";
import type { Span } from "../text/span.ts";
import { entryOf, fieldOf, isNull, itemsOf, type MapEntry, type Node, type ScalarNode } from "../yaml/node.ts";
import { parseYaml } from "../yaml/parse.ts";
import { readString } from "./located.ts";

/** The name of the file that holds the settings for its folder and all below. */
export const settingsFileName = ".registry-cache.yaml";

const preparedSettings = prepareSchema(settingsSchema);

/** What a settings file asks for: plain data. */
export interface Settings {
  readonly severities: readonly SeveritySetting[];
  readonly ignores: readonly IgnoreSetting[];
  readonly policies: Policies;
}

/** How severe the findings of a selector are; `off` keeps them untold. */
export interface SeveritySetting {
  readonly selector: string;
  readonly severity: SettingSeverity;
}

/** The severities that a setting can give. */
export type SettingSeverity = (typeof severities)[number];

/** The findings that are not told for some files. Without selectors those are all. */
export interface IgnoreSetting {
  readonly paths: readonly string[];
  readonly selectors: readonly string[] | undefined;
}

/** What a team asks of its Shoots and Secrets beside what Gardener does. */
export interface Policies {
  readonly secretNames?: string;
  readonly requiredCredentials?: readonly string[];
  readonly allowedUpstreams?: readonly string[];
  readonly maximumVolumeSize?: string;
}

/** A settings file as it is written. */
export interface SettingsFile {
  readonly uri: string;
  readonly text: string;
  readonly settings: Settings;
  readonly schemaProblems: readonly SchemaProblem[];
  /** Severities that are none. */
  readonly severityProblems: readonly SeverityProblem[];
  /** Documents behind the first, which nobody reads. */
  readonly extraDocuments: readonly Span[];
  /** Every code, name or beginning of a code. */
  readonly selectors: readonly WrittenSelector[];
  /** Where policies.secretNames is, if it is there. */
  readonly secretNames: ScalarNode | undefined;
}

/** A severity that is none, and what it is for. */
export interface SeverityProblem {
  readonly selector: string;
  readonly value: string;
  readonly span: Span;
}

/** A selector with its place: a key or a scalar of a list. */
export interface WrittenSelector {
  readonly text: string;
  readonly node: ScalarNode;
}

const severities = ["error", "warning", "info", "off"] as const;

/** Reads a settings file. Never throws: what is wrong in it is left out and told by rules. */
export function readSettings(uri: string, text: string): SettingsFile {
  const [first, ...others] = parseYaml(text);
  const root = first?.root;
  const policies = fieldOf(root, "policies");
  const entries = mapEntries(fieldOf(root, "severities"));
  const ignores = itemsOf(fieldOf(root, "ignores")).map((it) => it.value);
  return {
    uri,
    text,
    settings: {
      severities: entries.flatMap((it) => readSeverity(it) ?? []),
      ignores: ignores.flatMap(readIgnore),
      policies: readPolicies(policies),
    },
    schemaProblems: root === undefined ? [] : checkSchema(root, preparedSettings, { path: "", span: root.span }),
    severityProblems: entries.flatMap(severityProblem),
    extraDocuments: others.map((it) => it.span),
    selectors: [
      ...entries.flatMap(({ name, key }) => (key.type === "scalar" ? [{ text: name, node: key }] : [])),
      ...ignores.flatMap((it) => strings(it, "codes")),
    ],
    secretNames: readString(policies, "secretNames", "")?.node,
  };
}

function mapEntries(node: Node | undefined): readonly MapEntry[] {
  return node?.type === "map" ? node.entries : [];
}

/** YAML takes `off` for false, so the text counts and not the value. */
function readSeverity({ name, value }: MapEntry): SeveritySetting | undefined {
  const severity = value.type === "scalar" ? severities.find((it) => it === value.text) : undefined;
  return severity && { selector: name, severity };
}

function severityProblem(entry: MapEntry): readonly SeverityProblem[] {
  const { name, value, key } = entry;
  // Of a string that is no severity the schema tells.
  if (readSeverity(entry) !== undefined || (value.type === "scalar" && typeof value.value === "string")) return [];
  const isScalar = value.type === "scalar" && !isNull(value);
  return [{ selector: name, value: isScalar ? value.text : "", span: isScalar ? value.span : key.span }];
}

function readIgnore(node: Node): readonly IgnoreSetting[] {
  const paths = strings(node, "paths").map((it) => it.text);
  const selectors = entryOf(node, "codes") === undefined ? undefined : strings(node, "codes").map((it) => it.text);
  return paths.length === 0 ? [] : [{ paths, selectors }];
}

function readPolicies(node: Node | undefined): Policies {
  const secretNames = readString(node, "secretNames", "")?.value;
  const maximumVolumeSize = readString(node, "maximumVolumeSize", "")?.value;
  const lists = (["requiredCredentials", "allowedUpstreams"] as const).flatMap((name) => {
    return fieldOf(node, name)?.type === "seq" ? [[name, strings(node, name).map((it) => it.text)]] : [];
  });
  return {
    ...(secretNames === undefined ? {} : { secretNames }),
    ...(maximumVolumeSize === undefined ? {} : { maximumVolumeSize }),
    ...Object.fromEntries(lists),
  };
}

function strings(parent: Node | undefined, field: string): readonly WrittenSelector[] {
  return itemsOf(fieldOf(parent, field)).flatMap(({ value }) => {
    return value.type === "scalar" && typeof value.value === "string" ? [{ text: value.value, node: value }] : [];
  });
}
