// What an extension runs in the process that it forks.
import { openEditorFiles } from "@registry-cache/files";
import { serveIpc } from "@registry-cache/language-server/node";

serveIpc({ files: openEditorFiles(), version: "1.2.3" });
