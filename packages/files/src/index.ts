export { changeFiles, type FileAction } from "./change-files.ts";
export { type EditorFiles, openEditorFiles, toPath, toUri } from "./editor-files.ts";
export { commitFiles } from "./git-commit.ts";
export {
  findRepository,
  findUnderWay,
  type GitChange,
  type GitRepository,
  readChanges,
  readCommitted,
  trackingOf,
} from "./git-repository.ts";
export { type RevisionFile, readRevision } from "./git-revision.ts";
export { findTracked } from "./git-tracked.ts";
export { fileExists, type KustomizationAbove, kustomizationsAbove } from "./kustomization-files.ts";
export { type Listing, listSources } from "./list-sources.ts";
export { createReader, type Reading, type SourceReader } from "./read-source.ts";
export { removeUnfinished } from "./remove-unfinished.ts";
export { type Replacement, replaceFile, replaceFiles } from "./replace-files.ts";
export { type Sealer, type Sealing, type SealResult, seal } from "./seal.ts";
export { findSettings, isSettingsFile, type NearestSettings } from "./settings-files.ts";
export { type SopsPlace, sopsPlace } from "./sops-rules.ts";
export { folderOfFile, type Problem, relativePath, type Source, stdinUri } from "./source.ts";
export { isGone, pathBeside, readTextFile, type TextFile, writeTextFile } from "./text-file.ts";
export { type TreeFile, type TreeWritten, writeTree } from "./write-tree.ts";
