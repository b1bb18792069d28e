import { trimGoSpace } from "../formats/go-space.ts";

/** Tells whether a value only stands for a credential, as in documentation and in templates of manifests. */
export function isPlaceholder(value: string): boolean {
  const text = trimGoSpace(value);
  const privateKey = /"private_key"\s*:\s*"([^"]*)"/.exec(text)?.[1];
  // The other fields of a service account key, such as the project's name, may well contain these words.
  if (privateKey !== undefined) return isPlaceholder(privateKey) || privateKey.length < 100;
  if (/^(<.*>|\[.*\]|\$\{.*\}|\$\(.*\)|\$[A-Z_]+|\{\{.*\}\}|(.)\2*)?$/s.test(text)) return true;
  // In a long random value three letters in a row mean nothing.
  return (
    /example|placeholder|change-?_?me|replace|dummy|redacted|your[-_ ]/i.test(text) ||
    (text.length < 60 && /xxx/i.test(text))
  );
}
