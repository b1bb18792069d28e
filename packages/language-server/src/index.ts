export type { FileSource, Soon } from "./file-source.ts";
export type { Outbox } from "./outbox.ts";
export { type Host, startServer } from "./server.ts";
