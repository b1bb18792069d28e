import { complete } from "./completion.ts";
import { writeTo } from "./host/standard-streams.ts";

writeTo(1, complete(process.argv.slice(2)));
