import type { Credential } from "./credential.ts";
import { withoutSecrets } from "./credential.ts";
import type { Reply } from "./outcome.ts";

const maxLength = 160;

/** What a server says of its refusal, as the end of a sentence: short, and without the credential that it may repeat. */
export function serverWords({ body }: Reply, credential: Credential | undefined): string {
  const words = body === undefined ? undefined : findWords(body);
  if (words === undefined || words === "") return "";
  // First hidden, then cut: half a password would not be found.
  const hidden = withoutSecrets(words, credential).replace(/\s+/g, " ").trim();
  return `: "${hidden.length > maxLength ? `${hidden.slice(0, maxLength)}…` : hidden}"`;
}

/** The message of an error as registries and token servers write it; a page of HTML has none. */
function findWords(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const { errors, details, message } = fieldsOf(value);
    const first = Array.isArray(errors) ? fieldsOf(errors[0]) : {};
    return [first.message, first.code, details, message].find((it) => typeof it === "string");
  } catch {
    return undefined;
  }
}

interface Words {
  readonly errors?: unknown;
  readonly details?: unknown;
  readonly message?: string;
  readonly code?: string;
}

function fieldsOf(value: unknown): Words {
  return typeof value === "object" && value !== null ? value : {};
}
