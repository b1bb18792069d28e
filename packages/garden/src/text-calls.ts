import { isFields } from "./json.ts";
import { readText } from "./requests/body.ts";
import { redactText } from "./requests/redact.ts";
import type { ApiCall, Requester } from "./requests/requester.ts";
import { toStatusError } from "./requests/status-error.ts";

/** What a program behind the API server answered, or the log that the server passed on. */
export interface TextAnswer {
  readonly status: number;
  readonly text: string;
}

/** Gets a text: a log, or what a proxy of the API server reaches. What the server itself refuses is an error. */
export function getText(requester: Requester, path: string, signal: AbortSignal | undefined): Promise<TextAnswer> {
  const call: ApiCall = { method: "GET", path, accept: "*/*", anyStatus: true };
  const read = async (answer: {
    readonly body: Parameters<typeof readText>[0];
    readonly status: number;
  }): Promise<TextAnswer> => {
    const text = await readText(answer.body);
    if (answer.status >= 300 && isRefusal(text))
      throw toStatusError({ code: answer.status, body: text, show: (it) => redactText(it, []), loginHint: "" });
    return { status: answer.status, text };
  };
  return requester.call(call, read, signal);
}

/** The server says no by an object of kind Status; what is behind it has its own words. */
function isRefusal(text: string): boolean {
  if (!text.startsWith("{")) return false;
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) && value["kind"] === "Status" && value["apiVersion"] === "v1";
  } catch {
    return false;
  }
}
