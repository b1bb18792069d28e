import { benchLintFolder } from "./lint-folder.ts";

// `npm run bench` runs the full sizes; `-- --small` is what the tests run, to see that everything still works.
const small = process.argv.includes("--small");

benchLintFolder(small ? 200 : 10_000, small ? 2 : 5);
