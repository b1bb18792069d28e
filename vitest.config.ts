import { defineConfig } from "vitest/config";

// "source" makes tests read the TypeScript of our packages, so no build is needed before them.
const conditions = ["source", "node", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "plugin/src/**/*.test.ts", "test/**/*.test.ts"],
  },
});
