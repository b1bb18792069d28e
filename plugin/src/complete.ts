import { complete } from "./completion.ts";

process.stdout.on("error", () => undefined);
process.stdout.write(complete(process.argv.slice(2)));
