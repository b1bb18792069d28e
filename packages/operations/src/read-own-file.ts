import { readTextFile } from "@registry-cache/files";

/** The text of a file that the user named, or why there is none. */
export function readOwnFile(path: string): string | { readonly message: string } {
  const file = readTextFile(path);
  if (file === undefined) return { message: "no such file or directory" };
  return "message" in file ? file : file.text;
}
