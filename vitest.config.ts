import { configDefaults, defineConfig } from "vitest/config";

// "source" makes tests read the TypeScript of our packages, so no build is needed before them.
const conditions = ["source", "node", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    setupFiles: ["test/fixed-seed.ts"],
    projects: [
      // Time limits are against hanging: no test is to fail because the machine is busy.
      {
        extends: true,
        test: { name: "unit", include: ["{packages/*,plugin,extension}/src/**/*.test.ts"], testTimeout: 60_000 },
      },
      // These start programs and touch the disk, on machines that may be busy.
      {
        extends: true,
        test: {
          name: "suites",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, "test/editor/**"],
          testTimeout: 60_000,
        },
      },
      // These start VS Code and a browser, one after the other: two at once are slower than two in turn.
      {
        extends: true,
        test: { name: "editor", include: ["test/editor/**/*.test.ts"], testTimeout: 120_000, fileParallelism: false },
      },
    ],
  },
});
