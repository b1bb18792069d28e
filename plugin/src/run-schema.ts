import { listGardenSchemas, pullGardenSchema, showGardenSchema } from "@registry-cache/operations";
import type { CommandLine } from "./command-line.ts";
import { readOutput } from "./flag-values.ts";
import { readGardenFlags } from "./garden-flags.ts";
import { renderGardenSchema, renderSchemaList } from "./print/garden-schema.ts";
import { openTerminal } from "./print/terminal.ts";
import { explainGardenError, withGarden } from "./with-garden.ts";

/** Runs `schema pull`: asks a garden for its schema and keeps it. Gives the exit code. */
export async function runSchemaPull({ flags }: CommandLine): Promise<number> {
  const terminal = openTerminal();
  const pulled = await withGarden(readGardenFlags(flags), terminal, ({ client }) =>
    pullGardenSchema(client, process.env),
  );
  terminal.out(readOutput(flags) === "json" ? asJson(pulled) : renderGardenSchema(pulled));
  terminal.flush();
  return 0;
}

/** Runs `schema show`: tells of the schema that is kept of a garden. Gives the exit code. */
export async function runSchemaShow({ flags }: CommandLine): Promise<number> {
  const { out, flush } = openTerminal();
  const { text, ...schema } = explainGardenError(() => showGardenSchema(readGardenFlags(flags).flags, process.env));
  out(readOutput(flags) === "json" ? text : renderGardenSchema(schema));
  flush();
  return 0;
}

/** Runs `schema list`: lists the schemas that are kept. Gives the exit code. */
export async function runSchemaList({ flags }: CommandLine): Promise<number> {
  const { out, err, flush } = openTerminal();
  const schemas = listGardenSchemas(process.env);
  if (readOutput(flags) === "json") out(asJson(schemas));
  else if (schemas.length > 0) out(renderSchemaList(schemas, Date.now()));
  flush();
  if (schemas.length === 0) err('No schemas are kept, "kubectl registry-cache schema pull" gets one\n');
  return 0;
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
