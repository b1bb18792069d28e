import fc from "fast-check";

// What a build finds must be found again by the next one. To explore, run the tests with another FUZZ_SEED.
fc.configureGlobal({ seed: Number(process.env["FUZZ_SEED"] ?? 20_261_123) });
