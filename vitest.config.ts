import { defineConfig } from "vitest/config";

// "source" makes tests read the TypeScript of our packages, so no build is needed before them.
const conditions = ["source", "node", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    setupFiles: ["test/fixed-seed.ts"],
    projects: [
      // Time limits are against hanging: no test is to fail because the machine is busy.
      { extends: true, test: { name: "unit", include: ["{packages/*,plugin}/src/**/*.test.ts"], testTimeout: 60_000 } },
      // These start programs and touch the disk, on machines that may be busy.
      { extends: true, test: { name: "suites", include: ["test/**/*.test.ts"], testTimeout: 30_000 } },
    ],
  },
});
