// The server of the desktop: a child of the extension host, which speaks to it over Node's own channel.
import { openEditorFiles } from "@registry-cache/files";
import { desktopParts } from "@registry-cache/language-server/desktop";
import { serveIpc } from "@registry-cache/language-server/node";

declare const VERSION: string;

serveIpc({ files: openEditorFiles(), version: VERSION, parts: desktopParts });
