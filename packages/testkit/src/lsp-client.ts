/** A message of JSON-RPC, of which nothing is certain. */
export interface LspMessage {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** Carries messages to a server and back. */
export interface LspTransport {
  send(message: object): void;
  /** Whom to tell of each message of the server. */
  listen(onMessage: (message: LspMessage) => void): void;
}

/** What the server answered: its result, or the code and message of its error. */
export type LspAnswer = { readonly result: unknown } | { readonly error: LspMessage["error"] };

/** Answers a request of the server. */
export type LspAnswerer = (params: unknown) => unknown;

/** A client for tests: sends anything, keeps everything. */
export interface LspClient {
  /** Everything that the server sent, in order. */
  readonly received: readonly LspMessage[];
  /** Sends a request and gives its answer, whatever it is. */
  ask(method: string, params?: unknown): Promise<LspAnswer>;
  /** Sends a request that must succeed, and gives its result. */
  request(method: string, params?: unknown): Promise<unknown>;
  /** Sends a request that may be cancelled while it is answered. */
  start(method: string, params?: unknown): { readonly answer: Promise<LspAnswer>; readonly cancel: () => void };
  /** Sends a request and cancels it at once. */
  askAndCancel(method: string, params?: unknown): Promise<LspAnswer>;
  notify(method: string, params?: unknown): void;
  /** Waits for a notification or request of the server that has the method and passes; also one that came before. */
  waitFor(method: string, passes?: (params: unknown) => boolean): Promise<unknown>;
  /** Waits for the next one that comes from now on. */
  next(method: string, passes?: (params: unknown) => boolean): Promise<unknown>;
}

interface Waiting {
  readonly method: string;
  readonly passes: (params: unknown) => boolean;
  readonly resolve: (params: unknown) => void;
}

/** Makes a client. Requests of the server that `answers` does not name are answered with null. */
export function createLspClient(
  transport: LspTransport,
  answers: { readonly [method: string]: LspAnswerer } = {},
): LspClient {
  const received: LspMessage[] = [];
  const asked: Asked = new Map();
  const waiting = new Set<Waiting>();
  let count = 0;
  transport.listen((message) => {
    received.push(message);
    const { id, method, params } = message;
    if (method === undefined) asked.get(id)?.(toAnswer(message));
    else if (id !== undefined) transport.send({ jsonrpc: "2.0", id, ...reply(answers[method], params) });
    tell(waiting, message);
  });
  const send = (method: string, params: unknown): { readonly id: number; readonly answer: Promise<LspAnswer> } => {
    count += 1;
    const id = count;
    const answer = new Promise<LspAnswer>((resolve) => asked.set(id, resolve));
    transport.send({ jsonrpc: "2.0", id, method, ...(params === undefined ? {} : { params }) });
    return { id, answer };
  };
  const notify = (method: string, params?: unknown): void => {
    transport.send({ jsonrpc: "2.0", method, ...(params === undefined ? {} : { params }) });
  };
  const start: LspClient["start"] = (method, params) => {
    const { id, answer } = send(method, params);
    return { answer, cancel: () => notify("$/cancelRequest", { id }) };
  };
  const next: LspClient["next"] = (method, passes = () => true) =>
    new Promise((resolve) => waiting.add({ method, passes, resolve }));
  return {
    received,
    notify,
    next,
    ask: (method, params) => send(method, params).answer,
    start,
    askAndCancel(method, params) {
      const { answer, cancel } = start(method, params);
      cancel();
      return answer;
    },
    async request(method, params) {
      const answer = await send(method, params).answer;
      if ("result" in answer) return answer.result;
      throw new Error(`${method} was answered ${JSON.stringify(answer.error)}`);
    },
    async waitFor(method, passes = () => true) {
      const before = received.find((it) => it.method === method && passes(it.params));
      return before === undefined ? next(method, passes) : before.params;
    },
  };
}

/** What an answerer throws is the error of its answer. */
function reply(answer: LspAnswerer | undefined, params: unknown): object {
  try {
    return { result: answer?.(params) ?? null };
  } catch (error) {
    return { error: { code: -32603, message: String(error) } };
  }
}

type Asked = Map<LspMessage["id"], (answer: LspAnswer) => void>;

function tell(waiting: Set<Waiting>, { method, params }: LspMessage): void {
  for (const it of waiting) {
    if (it.method !== method || !it.passes(params)) continue;
    waiting.delete(it);
    it.resolve(params);
  }
}

function toAnswer({ result, error }: LspMessage): LspAnswer {
  return error === undefined ? { result } : { error };
}
