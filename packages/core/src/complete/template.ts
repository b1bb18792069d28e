import type { CursorPlace } from "../yaml/cursor-place.ts";
import type { Layout } from "../yaml/layout.ts";
import { renderScalar } from "../yaml/literal.ts";
import { quoteKey, toJson } from "../yaml/quote-scalar.ts";

/** A scalar as YAML has it. */
export type Scalar = string | number | boolean;

/** What is to be written, with holes for a person to fill. */
export type Template =
  | { readonly form: "scalar"; readonly value: Scalar }
  /** A tab stop; of several choices the first is written. */
  | { readonly form: "hole"; readonly choices: readonly Scalar[] }
  | { readonly form: "map"; readonly entries: readonly (readonly [key: string, value: Template])[] }
  | { readonly form: "list"; readonly items: readonly Template[] };

/** A scalar to be written as it is. */
export function fixed(value: Scalar): Template {
  return { form: "scalar", value };
}

/** A tab stop with its choices, of which the first is written. */
export function hole(...choices: readonly Scalar[]): Template {
  return { form: "hole", choices };
}

/** A map of these entries in their order. */
export function map(entries: { readonly [key: string]: Template }): Template {
  return { form: "map", entries: Object.entries(entries) };
}

/** A list of these items. */
export function list(...items: readonly Template[]): Template {
  return { form: "list", items };
}

/** How what is written has to look. */
export interface Style {
  readonly layout: Layout;
  readonly flow: CursorPlace["flow"];
  /** Whether holes are tab stops; otherwise they are what they propose. */
  readonly snippet: boolean;
}

/** Writes templates in one style; numbers the tab stops of all that it writes. */
export interface Pen {
  readonly style: Style;
  stops: number;
}

/** Writes a template as lines without their common indentation; in flow style as one line. */
export function renderTemplate(pen: Pen, template: Template): readonly string[] {
  if (template.form === "scalar" || template.form === "hole" || pen.style.flow) return [renderInline(pen, template)];
  if (template.form === "list") {
    return template.items.flatMap((it) =>
      renderTemplate(pen, it).map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`)),
    );
  }
  if (template.entries.length === 0) return [renderHole(pen, [], false)];
  return template.entries.flatMap(([key, value]) => renderEntry(pen, key, value));
}

/** Writes an entry of a map as lines without their common indentation. */
export function renderEntry(pen: Pen, key: string, value: Template): readonly string[] {
  const { flow, layout } = pen.style;
  const name = `${renderKey(pen, key)}:`;
  if (flow || value.form === "scalar" || value.form === "hole") return [`${name} ${renderInline(pen, value)}`];
  const indent = value.form === "list" ? layout.listIndent : layout.mapIndent;
  return [name, ...renderTemplate(pen, value).map((line) => " ".repeat(indent) + line)];
}

/** Writes a key as the style around has it. */
export function renderKey({ style }: Pen, key: string): string {
  return escaped(style, style.flow?.json ? toJson(key) : quoteKey(key));
}

function renderInline(pen: Pen, template: Template): string {
  const json = pen.style.flow?.json === true;
  switch (template.form) {
    case "scalar":
      return escaped(pen.style, renderScalar(template.value, json));
    case "hole":
      return renderHole(pen, template.choices, json);
    case "list":
      return `[${template.items.map((it) => renderInline(pen, it)).join(", ")}]`;
    case "map": {
      const entries = template.entries.map(([key, it]) => renderEntry(pen, key, it).join(""));
      if (entries.length === 0) entries.push(renderHole(pen, [], false));
      return json ? `{${entries.join(", ")}}` : `{ ${entries.join(", ")} }`;
    }
  }
}

function renderHole(pen: Pen, choices: readonly Scalar[], json: boolean): string {
  const written = choices.map((it) => renderScalar(it, json));
  const [first = ""] = written;
  if (!pen.style.snippet) return first;
  pen.stops += 1;
  if (written.length > 1) return `\${${pen.stops}|${written.map(escapeChoice).join(",")}|}`;
  // Inside JSON's quotes a person types the content only.
  const [only] = choices;
  if (json && (only === undefined || typeof only === "string")) {
    return `"\${${pen.stops}:${escapeStop(toJson(only ?? "").slice(1, -1))}}"`;
  }
  return first === "" ? `$${pen.stops}` : `\${${pen.stops}:${escapeStop(first)}}`;
}

function escaped({ snippet }: Style, text: string): string {
  return snippet ? escapeStop(text) : text;
}

function escapeStop(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

function escapeChoice(text: string): string {
  return text.replace(/[\\,|]/g, "\\$&");
}

/** Tells whether a template leaves anything to a person. */
export function hasHoles(template: Template): boolean {
  if (template.form === "map") return template.entries.length === 0 || template.entries.some(([, it]) => hasHoles(it));
  return template.form === "list" ? template.items.some(hasHoles) : template.form === "hole";
}
