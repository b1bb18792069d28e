import { benchEditor } from "./editor.ts";
import { benchEdits } from "./edits.ts";
import { benchGarden } from "./garden.ts";
import { benchBesideAjv, benchBesideKubectl, benchBesideLanguageServer } from "./lint-folder.ts";
import { benchStart } from "./start.ts";
import { benchStatus } from "./status.ts";

// `npm run bench` runs the full sizes, `npm run bench -- editor` one of them; `-- --small` is what the tests run, to see that
// everything still works.
const small = process.argv.includes("--small");
const rounds = small ? 2 : 5;
const folder = { count: small ? 200 : 10_000, rounds };

const benchmarks: { readonly [name: string]: () => Promise<void> | void } = {
  start: () => benchStart(small ? 2 : 15),
  kubectl: () => benchBesideKubectl(folder),
  ajv: () => benchBesideAjv(folder),
  yls: () => benchBesideLanguageServer({ count: small ? 200 : 1000, rounds }),
  edits: () => benchEdits(folder),
  editor: () => benchEditor(small),
  status: () => benchStatus({ count: small ? 200 : 5000, rounds }),
  garden: () => benchGarden({ count: small ? 200 : 5000, rounds }),
};

const wanted = process.argv.slice(2).filter((it) => !it.startsWith("--"));
for (const [name, run] of Object.entries(benchmarks)) {
  if (wanted.length === 0 || wanted.includes(name)) await run();
}
