import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";

/** A server that answers the Kubernetes API. */
export interface Server {
  readonly url: string;
  readonly ca: string;
}

/** One call of a script. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: { readonly [name: string]: string };
}

/** What a server answered: JSON values, of a watch one for each line, or a text. */
export interface Answer {
  readonly status: number;
  readonly warning: string | undefined;
  readonly body: readonly unknown[];
}

/** Opens a server for calls as its administrator. */
export function openServer({ url, ca }: Server): {
  readonly call: (call: Call) => Promise<Answer>;
  readonly close: () => void;
} {
  const agent = new Agent({ keepAlive: true, ca });
  return { call: (call) => send(url, agent, call), close: () => agent.destroy() };
}

function send(url: string, agent: Agent, { method, path, body, headers = {} }: Call): Promise<Answer> {
  const sent = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  const own = {
    authorization: "Bearer admin",
    accept: "application/json",
    // Without it Node sends the body of a DELETE so that nobody can tell where it ends.
    ...(sent !== undefined && { "content-type": "application/json", "content-length": Buffer.byteLength(sent) }),
  };
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(20_000);
    const asked = request(`${url}${path}`, { method, agent, headers: { ...own, ...headers }, signal });
    asked.on("error", reject);
    asked.on("response", (response) => void readAnswer(response).then(resolve, reject));
    asked.end(sent);
  });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  const { warning } = response.headers;
  return { status: response.statusCode ?? 0, warning: warning?.toString(), body: readBody(text) };
}

function readBody(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    const lines = text.split("\n").filter((it) => it !== "");
    return lines.map((it) => (it.startsWith("{") ? JSON.parse(it) : it));
  }
}
