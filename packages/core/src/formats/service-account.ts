const allowedKeys: ReadonlySet<string> = new Set([
  "type",
  "project_id",
  "private_key_id",
  "private_key",
  "client_email",
  "client_id",
  "auth_uri",
  "token_uri",
  "auth_provider_x509_cert_url",
  "client_x509_cert_url",
  "universe_domain",
]);
// encoding/json refuses deeper nesting before it decodes anything.
const maxDepth = 10_000;

/** What is wrong with a service account key: `unmarshal` when it is no map of strings, and the sorted names of keys that are not allowed. */
export interface ServiceAccountProblems {
  readonly unmarshal?: string;
  readonly forbidden: readonly string[];
}

/** Judges a password of the user `_json_key` as ValidateUpstreamRegistrySecret does; names keys, never values. */
export function serviceAccountProblems(json: string): ServiceAccountProblems {
  const value = parse(json);
  if (value === undefined || nestsTooDeep(json)) return { unmarshal: "is not valid JSON", forbidden: [] };
  if (value.parsed === null) return { forbidden: [] };
  if (kindOf(value.parsed) !== "object") {
    return { unmarshal: `is a JSON ${kindOf(value.parsed)}, not an object`, forbidden: [] };
  }
  // Members are read one by one, because JSON.parse forgets all but the last of equal keys.
  const members = topMembers(json);
  const forbidden = [...new Set(members.map(({ key }) => key))].filter((key) => !allowedKeys.has(key)).sort();
  const wrong = members.find(({ kind }) => kind !== "string" && kind !== "null");
  if (wrong === undefined) return { forbidden };
  return { unmarshal: `the value of ${JSON.stringify(wrong.key)} is a JSON ${wrong.kind}, not a string`, forbidden };
}

interface Member {
  readonly key: string;
  readonly kind: string;
}

function parse(json: string): { readonly parsed: unknown } | undefined {
  try {
    return { parsed: JSON.parse(json) };
  } catch {
    return undefined;
  }
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

/** The members of an object in JSON that is known to be valid. */
function topMembers(json: string): readonly Member[] {
  const members: Member[] = [];
  let depth = 0;
  let key: string | undefined;
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charAt(at);
    if (/[\s,:]/.test(character)) continue;
    if (character === "}" || character === "]") {
      depth -= 1;
      continue;
    }
    const end = tokenEnd(json, at);
    if (depth === 1 && key === undefined) key = String(parse(json.slice(at, end))?.parsed);
    else if (depth === 1 && key !== undefined) {
      members.push({ key, kind: kindAt(character) });
      key = undefined;
    }
    if (character === "{" || character === "[") depth += 1;
    at = end - 1;
  }
  return members;
}

function kindAt(first: string): string {
  const kinds: ReadonlyMap<string, string> = new Map([
    ['"', "string"],
    ["n", "null"],
    ["{", "object"],
    ["[", "array"],
    ["t", "boolean"],
    ["f", "boolean"],
  ]);
  return kinds.get(first) ?? "number";
}

function tokenEnd(json: string, start: number): number {
  if ("{[".includes(json.charAt(start))) return start + 1;
  let at = start + 1;
  if (json.charAt(start) === '"') {
    while (at < json.length && json.charAt(at) !== '"') at += json.charAt(at) === "\\" ? 2 : 1;
    return at + 1;
  }
  while (at < json.length && !/[\s,\]}]/.test(json.charAt(at))) at += 1;
  return at;
}

function nestsTooDeep(json: string): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charAt(at);
    if (character === '"') at = tokenEnd(json, at) - 1;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    if (depth > maxDepth) return true;
  }
  return false;
}
