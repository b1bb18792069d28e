// The server of the web: a worker, which asks the extension for files.
import { serveWorker } from "@registry-cache/language-server/worker";

declare const VERSION: string;

serveWorker(self, VERSION);
