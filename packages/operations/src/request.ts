/** Which files to read, and what to compare them with. */
export interface WorkspaceRequest {
  /** Files, directories or `-`, as the user named them. */
  readonly names: readonly string[];
  readonly recursive: boolean;
  /** A file, a directory, or `git:` and a revision, with the versions before. */
  readonly against?: string | undefined;
}
