import { benchEditor } from "./editor.ts";
import { benchEdits } from "./edits.ts";
import { benchGarden } from "./garden.ts";
import { benchBesideAjv, benchBesideKubectl, benchBesideLanguageServer } from "./lint-folder.ts";
import { benchStart } from "./start.ts";

// `npm run bench` runs the full sizes; `-- --small` is what the tests run, to see that everything still works.
const small = process.argv.includes("--small");
const rounds = small ? 2 : 5;
const folder = { count: small ? 200 : 10_000, rounds };

benchStart(small ? 2 : 15);
benchBesideKubectl(folder);
benchBesideAjv(folder);
benchBesideLanguageServer({ count: small ? 200 : 1000, rounds });
benchEdits(folder);
await benchEditor(small);
await benchGarden({ count: small ? 200 : 5000, rounds });
