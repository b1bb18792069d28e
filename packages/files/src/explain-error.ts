const words: { readonly [code: string]: string } = {
  EACCES: "permission denied",
  EBADF: "it is closed",
  EBUSY: "it is in use",
  EDQUOT: "the disk quota is used up",
  EIO: "the disk cannot be read",
  EISDIR: "is a directory",
  ELOOP: "too many levels of symbolic links",
  EMFILE: "too many open files",
  ENAMETOOLONG: "the name is too long",
  ENFILE: "too many open files",
  ENODEV: "no such device",
  ENOENT: "no such file or directory",
  ENOSPC: "no space left on the disk",
  ENOTDIR: "a part of its path is not a directory",
  ENXIO: "no such device",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ESTALE: "the network file system lost it",
};

/** Says in plain words why the system refused. */
export function explainError(error: unknown): string {
  const code = codeOf(error);
  const [line = ""] = String(error instanceof Error ? error.message : error).split("\n");
  return (code === undefined ? undefined : words[code]) ?? line;
}

/** The system's code of an error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
