import { dns1123SubdomainProblems } from "./dns-name.ts";

/** Says why the API server would not take a label; nothing where it would. (apimachinery: pkg/util/validation/validation.go) */
export function labelProblems(key: string, value: string): readonly string[] {
  const [name = "", prefix, ...more] = key.split("/").reverse();
  return [
    ...(more.length > 0 ? ["its key has more than one slash"] : []),
    ...(prefix === undefined ? [] : dns1123SubdomainProblems(prefix).map((it) => `the prefix of its key ${it}`)),
    ...(word.test(name) ? [] : [`its key must be ${words}`]),
    ...(value === "" || word.test(value) ? [] : [`its value must be empty or ${words}`]),
  ];
}

const word = /^(?=.{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const words = "up to 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends";
