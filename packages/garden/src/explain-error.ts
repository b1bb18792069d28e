const words: { readonly [code: string]: string } = {
  EACCES: "permission denied",
  EISDIR: "is a directory",
  ELOOP: "too many levels of symbolic links",
  EMFILE: "too many open files",
  ENOENT: "no such file or directory",
  ENOTDIR: "a part of its path is not a directory",
  EPERM: "not permitted",
};

/** Says in plain words why the system refused a file. */
export function explainError(error: unknown): string {
  return words[codeOf(error) ?? ""] ?? firstLine(error);
}

/** The system's code of an error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** The first line of what an error says. */
export function firstLine(error: unknown): string {
  const [line = ""] = String(error instanceof Error ? error.message : error).split("\n");
  return line;
}
