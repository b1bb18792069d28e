export { type EditorFiles, openEditorFiles } from "./editor-files.ts";
export { type RevisionFile, readRevision } from "./git-revision.ts";
export { findTracked } from "./git-tracked.ts";
export { type Listing, listSources } from "./list-sources.ts";
export { createReader, type Reading, type SourceReader } from "./read-source.ts";
export { type Replacement, replaceFile, replaceFiles } from "./replace-files.ts";
export { findSettings, isSettingsFile, type NearestSettings } from "./settings-files.ts";
export { type Problem, relativePath, type Source, stdinUri } from "./source.ts";
export { isGone, pathBeside, readTextFile, type TextFile, writeTextFile } from "./text-file.ts";
