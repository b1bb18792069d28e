import type { PreparedSchema } from "@registry-cache/core";
import type { Selection } from "./selection.ts";

/** Which files to read, and what to compare them with. */
export interface WorkspaceRequest extends Selection {
  /** Files, directories or `-`, as the user named them. */
  readonly names: readonly string[];
  readonly recursive: boolean;
  /** A file, a directory, or `git:` and a revision, with the versions before. */
  readonly against?: string | undefined;
  /** The file with the findings that are known and not told. */
  readonly baseline?: string | undefined;
  /** Write the baseline anew: what is found now is known from now on. */
  readonly updateBaseline?: boolean | undefined;
  /** What Shoots are checked against, where a garden's schema has refined ours. */
  readonly shootSchema?: PreparedSchema | undefined;
}
