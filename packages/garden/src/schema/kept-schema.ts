import { type GardenModel, readGardenModel } from "@registry-cache/core";
import { isFields, textAt, valueAt } from "../json.ts";

/** What a garden said of its Shoots, and when. */
export interface KeptSchema {
  /** The address of the garden's API server. */
  readonly server: string;
  /** The context by which it was asked last. */
  readonly context: string;
  /** The server's own hash of its description. */
  readonly hash: string;
  /** When it was asked last, in RFC 3339. */
  readonly pulled: string;
  readonly model: GardenModel;
}

const kind = "GardenSchema";

/** Prints it as the text of a file that `readKeptSchema` reads. */
export function printKeptSchema(schema: KeptSchema): string {
  return `${JSON.stringify({ kind, ...schema })}\n`;
}

/** Reads the text of a kept schema; undefined where it is none. */
export function readKeptSchema(text: string): KeptSchema | undefined {
  const value = parse(text);
  const model = readGardenModel(valueAt(value, "model"));
  if (!isFields(value) || value["kind"] !== kind || model === undefined) return undefined;
  const of = (name: string): string => textAt(value, name) ?? "";
  return { server: of("server"), context: of("context"), hash: of("hash"), pulled: of("pulled"), model };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
