import type { FieldExplanation } from "@registry-cache/operations";

type Field = FieldExplanation["field"];

const columns = 80;

/** A field as `kubectl explain` prints it: what it is, and the fields in it, or with `recursive` the whole tree below it. */
export function renderField({ document, path, field }: FieldExplanation, recursive: boolean): string {
  const { name, type, description, facts, fields } = field;
  return [
    `KIND:     ${document.kind}\n`,
    `VERSION:  ${document.apiVersion}\n`,
    path === "" ? "" : `\nFIELD: ${name} <${type}>\n`,
    section("DESCRIPTION", description),
    section("ENUM", (facts.enum ?? []).join("\n")),
    section("EXAMPLES", (facts.examples ?? []).join("\n")),
    section("NAMES", facts.reference ?? ""),
    fields.length === 0 ? "" : `\nFIELDS:\n${recursive ? renderTree(fields, 1) : fields.map(renderChild).join("\n")}`,
  ].join("");
}

function section(title: string, text: string): string {
  return text === "" ? "" : `\n${title}:\n${wrap(text, 4)}`;
}

function renderChild(field: Field): string {
  return `${headOf(field, 1)}${wrap(field.description || "-", 4)}`;
}

function renderTree(fields: readonly Field[], depth: number): string {
  return fields.map((it) => `${headOf(it, depth)}${renderTree(it.fields, depth + 1)}`).join("");
}

function headOf({ name, type, required }: Field, depth: number): string {
  return `${"  ".repeat(depth)}${name}\t<${type}>${required ? " -required-" : ""}\n`;
}

function wrap(text: string, indent: number): string {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && indent + line.length + 1 + word.length > columns) {
        lines.push(line);
        line = "";
      }
      line += line === "" ? word : ` ${word}`;
    }
    lines.push(line);
  }
  return lines.map((it) => `${" ".repeat(indent)}${it}\n`).join("");
}
