import { complete } from "./completion.ts";
import { writeTo } from "./host/standard-streams.ts";

complete(process.argv.slice(2)).then((answer) => writeTo(1, answer));
